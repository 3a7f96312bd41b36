using System.Globalization;
using CsvHelper;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Csv;

/// <summary>Comma-separated values as in RFC 4180, one file per dataset, UTF-8.</summary>
/// <remarks>
/// The values are data: all their digits, in the task's culture, without number formats. NULL is an empty field, the empty text is
/// <c>""</c>.
/// Text that a spreadsheet would run as a formula gets an apostrophe in front, unless the task says no; numbers never do.
/// Without a delimiter of the task the fields stand apart as in the culture's own lists.
/// </remarks>
internal sealed class CsvWriter(ReportDocument document) : IReportWriter
{
    private readonly char delimiter = document.Task.Delimiter ?? Separator(document.Culture);
    private readonly FormulaGuard guard = new(document.Task.Delimiter ?? Separator(document.Culture), document.Culture);
    private readonly CsvText text = new(document.Culture);
    private readonly DatasetFiles files = new(document, ReportFormat.Csv);
    private CsvHelper.CsvWriter? csv;
    private IReadOnlyList<LaidOutColumn> columns = [];
    private ColumnTotals? totals;
    private bool hasRows;

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        this.columns = ColumnLayout.Of(document, dataset, columns);
        // of rows, programs make their own totals; a matrix has them in each format
        totals = document.Task.Dataset(dataset).Pivot is null ? null : new ColumnTotals(this.columns, document.Words);
        hasRows = false;
        var stream = files.Add(dataset).Stream;
        if (!document.Task.NoByteOrderMark)
        {
            stream.Write([0xEF, 0xBB, 0xBF]);
        }

        csv = CsvHelper.CsvWriter.Create(stream, new CsvWriterOptions { Separator = delimiter }, leaveOpen: true);
        // as programs read it, no two heads are the same: two days of a month in a matrix, or headers that a person gave twice
        foreach (var (head, name) in this.columns.Select(column => column.Column.Header)
            .Zip(ColumnNames.Unique([.. this.columns.Select(column => column.Column.Header.Trim())])))
        {
            // Import-Csv leaves space around a head out
            WriteText(name == head.Trim() ? head : name);
        }

        csv.EndRecord();
    }

    public void Write(RowBatch rows)
    {
        totals?.Add(rows);
        hasRows |= rows.Count > 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var cells = rows[row];
            foreach (var column in columns)
            {
                Write(cells[column.Column.Index], column.Column.HeadersOfValues);
            }

            csv!.EndRecord();
        }
    }

    public void End(CancellationToken cancellation)
    {
        foreach (var line in hasRows && totals is not null ? totals.Lines : [])
        {
            WriteTotals(line);
        }

        csv!.Dispose();
        csv = null;
    }

    public IReadOnlyList<string> Complete(CancellationToken cancellation) => files.Complete();

    public void Dispose()
    {
        files.Dispose();
    }

    private void WriteTotals(TotalLine line)
    {
        for (var place = 0; place < columns.Count; place++)
        {
            if (totals!.Of(line, place) is { Kind: CellKind.Null } && place == totals.LabelPlace(line))
            {
                WriteText(line.Label);
            }
            else
            {
                Write(totals.Of(line, place), headers: null);
            }
        }

        csv!.EndRecord();
    }

    private void Write(in Cell cell, IReadOnlyDictionary<string, string>? headers)
    {
        switch (cell.Kind)
        {
            case CellKind.Null:
                csv!.WriteField("", CsvQuoting.WhenNeeded);
                break;
            case CellKind.Text or CellKind.Json:
                WriteText(headers?.GetValueOrDefault(cell.Text) ?? cell.Text);
                break;
            default:
                Span<char> room = stackalloc char[64];
                csv!.WriteField(text.Of(cell, room));
                break;
        }
    }

    private void WriteText(string value)
    {
        if (!document.Task.NoFormulaGuard)
        {
            value = guard.Guarded(value);
        }

        csv!.WriteField(value, value.Length == 0 || guard.MustQuote(value) ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
    }

    // The culture's own, as its spreadsheets expect; where that is no single
    // character or the decimal mark, the one that goes with the mark.
    private static char Separator(CultureInfo culture)
    {
        var mark = culture.NumberFormat.NumberDecimalSeparator;
        var own = culture.TextInfo.ListSeparator.Trim();
        return own.Length == 1 && own != mark && own[0] is > ' ' and < '\x7F' ? own[0] : mark == "," ? ';' : ',';
    }
}
