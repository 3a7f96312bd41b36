using ReportScheduler.Changes;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Runs;

/// <summary>What changed in a dataset as people read it: with the headers, formats and marks of the dataset's columns.</summary>
internal sealed class ChangedValues(ReportDocument document, ChangedDataset dataset)
{
    // in front of them stands what names the row
    private static readonly string[] Words = ["changedColumn", "changedBefore", "changedNow"];

    private readonly ReportDataset definition = document.Task.Dataset(dataset.Name);

    /// <summary>The columns of added and removed rows.</summary>
    public IReadOnlyList<SourceColumn> RowColumns => [.. dataset.ShownColumns.Select(Dressed)];

    /// <summary>The columns of changed cells.</summary>
    public IReadOnlyList<SourceColumn> CellColumns
    {
        get
        {
            var columns = dataset.CellColumns;
            var keys = columns.Count - Words.Length;
            return [.. columns.Take(keys).Select(Dressed), .. columns.Skip(keys).Zip(Words, Named).Select(WithHeaders)];
        }
    }

    /// <summary>The changed cells: the column by its header, the values as the column shows them.</summary>
    public IReadOnlyList<byte[]> Cells()
    {
        var columns = dataset.Columns.Select(column => new ValueTexts(Laid(column), document)).ToArray();
        var lines = dataset.ChangedCells.Rows.Select(row => Read(row)).ToList();
        foreach (var line in lines)
        {
            columns[line[^3].Int64].See(line[^2], line[^1]);
        }

        foreach (var line in lines)
        {
            columns[line[^3].Int64].Write(line.AsSpan(^3));
        }

        return [.. lines.Select(CellBytes.OfRow)];
    }

    /// <summary>The changed cells with the name of the column and the values as they are.</summary>
    public IReadOnlyList<byte[]> Data()
    {
        return [.. dataset.ChangedCells.Rows.Select(row => CellBytes.OfRow(Named(Read(row))))];

        Cell[] Named(Cell[] line)
        {
            line[^3].SetText(dataset.Columns[(int)line[^3].Int64].Name);
            return line;
        }
    }

    // a CSV file has headers where JSON has names
    private SourceColumn WithHeaders(SourceColumn column, int place) => place > 0 ? column : column with
    {
        HeadersOfValues = dataset.Columns.ToDictionary(each => each.Name, each => Laid(each).Column.Header, StringComparer.Ordinal),
    };

    private Cell[] Read(byte[] row)
    {
        var line = new Cell[dataset.CellCount];
        RowHash.Read(row, line);
        return line;
    }

    private LaidOutColumn Laid(SourceColumn column) => ColumnLayout.Of(definition.Column(column.Name), column, document.Culture);

    /// <summary>A column with its look; what stands below all rows is not that of these.</summary>
    private SourceColumn Dressed(SourceColumn column)
    {
        var look = (definition.Column(column.Name) ?? column.Look)?.Copy();
        if (look is not null)
        {
            (look.Total, look.RunningTotal, look.ShareOf) = (ColumnTotal.None, false, null);
        }

        return column with { Look = look };
    }

    // in English the name says it already
    private SourceColumn Named(SourceColumn column, string word) => document.Words[word] is var header
        && header == HeaderText.Of(column.Name) ? column : column with { Look = new ReportColumn { Name = column.Name, Header = header } };
}
