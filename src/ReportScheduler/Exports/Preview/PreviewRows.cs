using System.Globalization;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Preview;

/// <summary>Keeps the first rows of a dataset as text and its charts, and counts the rows.</summary>
internal sealed class PreviewRows(ReportTask task, string dataset, IReadOnlyList<LaidOutColumn> columns, GroupLayout? groups,
    IReadOnlyList<ChartData> charts, CultureInfo culture, TimeZoneInfo zone)
{
    /// <summary>The most rows that a mail shows of its own accord.</summary>
    public const int Limit = 50;

    /// <summary>Beside attachments the rows are a taste.</summary>
    public const int RowsBesideFiles = 10;

    private const int Few = 5;

    private readonly PreviewPictures? pictures = task.HasRecipients
        ? new PreviewPictures(AndAFew(task.MailRows ?? (task.Format.Length > 0 ? RowsBesideFiles : Limit)))
        : null;

    private readonly int limit = AndAFew(Math.Max(Limit, task.MailRows ?? 0));
    private readonly PreviewLooks? looks = task.HasRecipients ? new PreviewLooks(task, dataset, columns) : null;

    private readonly CellText[] texts = [.. columns.Select(column => new CellText(column, culture, zone))];

    // what all rows come to must not be rounded to the digits of the first ones
    private readonly CellText?[] totalTexts = [
        .. columns.Select(column => column.Total == ColumnTotal.None ? null : new CellText(column, culture, zone))];

    private readonly ColumnTotals totals = new(columns, ReportWords.Of(culture), areGrand: groups is not null);
    private readonly List<Cell[]> values = [];
    private readonly List<PreviewLine> lines = [];

    public long Count { get; private set; }

    /// <summary>So many rows, where there are no more, are shown whole: to leave the last one or two out would help nobody.</summary>
    /// <param name="rows">How many are shown of more.</param>
    public static int AndAFew(int rows) => rows + (rows / Few);

    public DatasetPreview Preview => new(dataset, [.. columns.Select(column => column.Column)], Count, new PreviewTexts(values, Texts))
    {
        Values = values,
        Charts = charts,
        Groups = lines,
        Keys = groups is null ? [] : [.. Enumerable.Range(0, columns.Count).Where(place => groups.IsKey[place])],
        Totals = totals.Any ? [.. totals.Lines.Select(Texts)] : [],
        Figures = totals.Any ? [.. Figures()] : [],
        ColumnTotals = ColumnTotals(),
        Titles = [.. columns.Select(column => column.Title)],
        Looks = looks?.Looks ?? [],
        Pictures = pictures?.Taken ?? PreviewPictures.None,
    };

    public void Take(RowBatch batch)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (values.Count < limit)
            {
                texts[i].See(batch, columns[i].Column.Index);
            }

            totalTexts[i]?.See(batch, columns[i].Column.Index);
        }

        var mark = 0;
        looks?.Take(batch, limit - values.Count);
        for (var row = 0; row < batch.Count && values.Count < limit; row++)
        {
            mark = Marks(batch, mark, row);
            values.Add(Values(batch[row]));
        }

        if (Count + batch.Count <= limit)
        {
            Marks(batch, mark, batch.Count);
        }

        Count += batch.Count;
        foreach (var chart in charts)
        {
            chart.Add(batch);
        }

        totals.Add(batch);
    }

    // The heads and totals of groups in front of a row.
    private int Marks(RowBatch batch, int mark, int row)
    {
        for (; mark < batch.Groups.Count && batch.Groups[mark].Row == row; mark++)
        {
            var group = batch.Groups[mark];
            if (!group.IsEnd)
            {
                lines.Add(
                    new PreviewLine(values.Count, group.Level, IsTotal: false, Alone(groups!.PlaceOf(group.Level), groups.Head(group))));
                continue;
            }

            foreach (var line in groups!.Lines)
            {
                lines.Add(new PreviewLine(values.Count, group.Level, IsTotal: true, Texts(line, group)));
            }
        }

        return mark;
    }

    private string?[] Alone(int place, string text)
    {
        var texts = new string?[columns.Count];
        texts[place] = text;
        return texts;
    }

    private string?[] Texts(TotalLine line, GroupMark group)
    {
        var label = groups!.LabelPlace(line, group);
        return [.. columns.Select((column, i) => i == label ? groups.Label(line, group)
            : group.Totals!.Of(column.Column.Index, line.Kinds[i]) is { Kind: not CellKind.Null } total
            ? texts[i].Of(total, line.Kinds[i])
            : null)];
    }

    private string?[] Texts(TotalLine line)
    {
        var label = totals.LabelPlace(line);
        return [.. columns.Select((_, i) => totals.Of(line, i) is { Kind: not CellKind.Null } total
            ? totalTexts[i]!.Of(total, line.Kinds[i])
            : i == label
            ? line.Label
            : null)];
    }

    private IEnumerable<KeyFigure> Figures() => totals.Lines
        .SelectMany(line => columns.Select((column, i) =>
            (Total: totals.Of(line, i), Kind: line.Kinds[i], column.Title, Text: totalTexts[i])))
        .Where(figure => figure.Total.Kind != CellKind.Null)
        .Select(figure => new KeyFigure(
            figure.Kind == ColumnTotal.Sum ? figure.Title : $"{figure.Title} ({TotalLine.Word(figure.Kind, ReportWords.Of(culture))})",
            figure.Text!.Of(figure.Total, figure.Kind)));

    // of several totals of a column the first, which is the sum where there is one
    private Dictionary<string, (string Text, Cell Value)> ColumnTotals()
    {
        var byName = new Dictionary<string, (string Text, Cell Value)>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in totals.Lines)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (totals.Of(line, i) is { Kind: not CellKind.Null } total)
                {
                    byName.TryAdd(columns[i].Column.Name, (totalTexts[i]!.Of(total, line.Kinds[i]), total));
                }
            }
        }

        return byName;
    }

    private Cell[] Values(ReadOnlySpan<Cell> row)
    {
        var cells = new Cell[columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            ref readonly var cell = ref row[columns[i].Column.Index];
            // templates have the text of binary data only, and the data may be large
            cells[i] = cell.Kind == CellKind.Binary ? default : cell;
            pictures?.See(cell, values.Count, i);
            if (cell.Kind == CellKind.Binary)
            {
                cells[i].SetText(texts[i].Of(cell));
            }
        }

        return cells;
    }

    private string?[] Texts(Cell[] row)
    {
        var text = new string?[columns.Count];
        for (var i = 0; i < text.Length; i++)
        {
            ref readonly var cell = ref row[i];
            text[i] = cell.Kind == CellKind.Null ? columns[i].NullText
                : columns[i].Spark is { } sparks && Sparkline.Of(cell, sparks) is { } spark ? spark.Text()
                : texts[i].Of(cell);
        }

        return text;
    }
}
