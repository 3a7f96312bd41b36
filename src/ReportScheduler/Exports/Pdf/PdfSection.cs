using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Pdf;

/// <summary>One dataset: its columns and totals, and its first rows until they have given the columns their widths.</summary>
internal sealed class PdfSection
{
    /// <summary>Widths are made for the first rows; longer texts further down wrap.</summary>
    private const int RowsThatSetWidths = 1000;

    /// <summary>The characters that wait at most: rows of long texts need no more of them.</summary>
    private const int MostHeld = 1 << 20;

    /// <summary>More than the lines of a cell can show.</summary>
    private const int LongestText = 4000;

    private const float SparkWidth = 78;

    private readonly ColumnTotals totals;
    private readonly FontSet regular;
    private readonly FontSet bold;
    private readonly RowText current;
    private readonly RowHighlight? rowHighlight;
    private readonly List<RowText> held = [];
    private long heldLength;
    private bool isReleased;

    public PdfSection(string name, IReadOnlyList<PdfColumn> columns, ColumnTotals totals, FontSet regular, FontSet bold)
    {
        (Name, Columns, this.totals, this.regular, this.bold) = (name, columns, totals, regular, bold);
        Highlighted = [.. columns.Where(column => column.Highlight is not null)];
        current = new RowText(columns.Count, Highlighted.Count);
        rowHighlight = RowHighlight.Of(Highlighted.Select(column => (column.Source.Index, column.Highlight)));
        foreach (var column in columns)
        {
            column.Fit(column.Header, bold, mayWrap: true);
        }

        // the rows that give the columns their widths are not the last ones
        foreach (var line in totals.Lines.Where(line => line.LabelPlace >= 0 && columns.Count > 0))
        {
            columns[line.LabelPlace].Fit(line.Label, bold, mayWrap: false);
        }
    }

    public string Name { get; }

    public IReadOnlyList<PdfColumn> Columns { get; }

    /// <summary>The columns that have highlight rules.</summary>
    public IReadOnlyList<PdfColumn> Highlighted { get; }

    /// <summary>Makes a picture of the bytes of a cell, said in words too; null for what is none.</summary>
    public Func<byte[], string, RowPicture?> Pictures { get; init; } = (_, _) => null;

    /// <summary>The charts above the table.</summary>
    public IReadOnlyList<ChartData> Charts { get; init; } = [];

    /// <summary>The lines of totals below the rows.</summary>
    public IReadOnlyList<TotalTexts> Totals { get; private set; } = [];

    /// <summary>How its groups look; null for none.</summary>
    public GroupLayout? Grouping { get; init; }

    /// <summary>Whether each of the outermost groups begins on a page of its own.</summary>
    public bool BreaksPages { get; init; }

    /// <summary>How many lines of totals there will be.</summary>
    public int TotalLines => totals.Lines.Count;

    /// <summary>How many rows there are up to here.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether its last row has been seen.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether enough rows wait to give the columns their widths.</summary>
    public bool IsFull => held.Count >= RowsThatSetWidths || heldLength >= MostHeld;

    /// <summary>How many rows wait, the heads and totals of groups among them.</summary>
    public int Held => held.Count;

    /// <summary>How many of the outermost groups the rows that wait are of.</summary>
    public int HeldGroups => held.Count(row => row is { Row: RowKind.Head, Level: 0 });

    /// <summary>The columns of each page across.</summary>
    public IReadOnlyList<PdfColumn[]> Groups { get; private set; } = [];

    /// <summary>Takes rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="give">Gets those that need not wait, one after the other: the same one may come again with another text.</param>
    public void Add(RowBatch rows, Action<RowText> give)
    {
        totals.Add(rows);
        foreach (var chart in Charts)
        {
            chart.Add(rows);
        }

        foreach (var column in Columns)
        {
            column.Text.See(rows, column.Source.Index);
        }

        var mark = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            mark = AddLines(rows, mark, row, give);
            Take(rows[row]);
            if (isReleased)
            {
                give(current);
                continue;
            }

            held.Add(current.Copy());
            heldLength += current.Length;
        }

        AddLines(rows, mark, rows.Count, give);
    }

    /// <summary>The rows that waited; from now on none does.</summary>
    public IReadOnlyList<RowText> Release()
    {
        isReleased = true;
        RowText[] rows = [.. held];
        held.Clear();
        return rows;
    }

    /// <summary>Makes the totals, after the last row.</summary>
    public void End()
    {
        IsComplete = true;
        foreach (var chart in Charts)
        {
            chart.End();
        }

        Totals = [.. totals.Lines.Select(Set)];
    }

    /// <summary>Gives the columns their widths, once the first rows have been seen.</summary>
    /// <param name="width">How wide a page is between its margins, in points.</param>
    public void Arrange(float width) => Groups = ColumnGroups.Of(Columns, width,
        Charts.Count(chart => chart.HasPoints) switch { 0 => 0, 1 => width / 2, _ => width });

    /// <summary>Adds the heads and totals of groups in front of a row.</summary>
    /// <returns>The mark behind them.</returns>
    private int AddLines(RowBatch rows, int mark, int row, Action<RowText> give)
    {
        for (; mark < rows.Groups.Count && rows.Groups[mark].Row == row; mark++)
        {
            foreach (var line in Lines(rows.Groups[mark]))
            {
                if (isReleased)
                {
                    give(line);
                    continue;
                }

                held.Add(line);
            }
        }

        return mark;
    }

    private IEnumerable<RowText> Lines(GroupMark group)
    {
        if (group.IsEnd)
        {
            return Grouping!.Lines.Select(line => Line(line, group));
        }

        var place = Grouping!.PlaceOf(group.Level);
        return [Line(RowKind.Head, group.Level, [.. Columns.Select((_, index) => index == place ? Grouping.Head(group) : "")], place)];
    }

    private RowText Line(TotalLine line, GroupMark group)
    {
        var texts = new string[Columns.Count];
        var label = Grouping!.LabelPlace(line, group);
        for (var index = 0; index < texts.Length; index++)
        {
            var total = group.Totals!.Of(Columns[index].Source.Index, line.Kinds[index]);
            texts[index] = total.Kind != CellKind.Null
                ? Columns[index].Text.Of(total, line.Kinds[index])
                : index == label
                ? Grouping.Label(line, group)
                : "";
            // a label reaches over the empty columns behind it, where there are any
            if (!isReleased && (index != label || Grouping.EndOfLabel(line, label) == label + 1))
            {
                Columns[index].Fit(texts[index], bold, mayWrap: false);
            }
        }

        return Line(RowKind.Subtotal, group.Level, texts, label);
    }

    private RowText Line(RowKind row, int level, string[] texts, int label)
    {
        var line = new RowText(Columns.Count, Highlighted.Count) { Row = row, Level = level };
        for (var index = 0; index < texts.Length; index++)
        {
            var text = texts[index].Length > LongestText ? texts[index][..LongestText] : texts[index];
            line.End(index, Printable(text, line.Take(text.Length)),
                index != label && text.Length > 0 ? RowTextKind.Number : RowTextKind.Text, 0);
        }

        return line;
    }

    private TotalTexts Set(TotalLine line)
    {
        var set = new TotalTexts(new string?[Columns.Count], new int[Columns.Count], totals.LabelPlace(line));
        for (var index = 0; index < Columns.Count; index++)
        {
            var total = totals.Of(line, index);
            if (total.Kind != CellKind.Null)
            {
                set.Texts[index] = Columns[index].Text.Of(total, line.Kinds[index]);
                set.Colors[index] = Columns[index].NumberOf(Columns[index].Text.Color);
            }
            else if (index == set.LabelPlace)
            {
                set.Texts[index] = line.Label;
            }

            Columns[index].Fit(set.Texts[index], bold, mayWrap: false);
        }

        return set;
    }

    private void Take(ReadOnlySpan<Cell> row)
    {
        Span<char> room = stackalloc char[64];
        current.Clear();
        for (var index = 0; index < Columns.Count; index++)
        {
            var column = Columns[index];
            ref readonly var cell = ref row[column.Source.Index];
            if ((cell.Kind == CellKind.Binary && TakePicture(cell.Binary, index)) || (column.Spark is not null && TakeSpark(cell, index)))
            {
                continue;
            }

            var text = Grouping is not null && Grouping.IsKey[index] ? default : column.Text.Of(cell, room);
            if (text.Length > LongestText)
            {
                text = text[..LongestText];
            }

            var isBlank = Grouping is not null && Grouping.IsKey[index];
            var kind = isBlank
                ? RowTextKind.Text
                : cell.Kind == CellKind.Null
                ? RowTextKind.Nothing
                : PdfColumn.IsNumeric(cell.Kind)
                ? RowTextKind.Number
                : RowTextKind.Text;
            text = kind == RowTextKind.Nothing ? column.Nothing : text;
            var printed = current.Take(text.Length);
            var written = Printable(text, printed);
            if (!isReleased)
            {
                column.See(printed[..written], cell.Kind, regular);
            }

            current.End(index, written, kind, column.NumberOf(column.Text.Color));
        }

        for (var index = 0; index < Highlighted.Count; index++)
        {
            current.Marks[index] = Highlighted[index].Highlight!.See(row[Highlighted[index].Source.Index]);
        }

        current.Fill = rowHighlight?.Fill(row);
        Rows++;
    }

    private bool TakeSpark(in Cell cell, int index)
    {
        if ((Grouping is not null && Grouping.IsKey[index]) || Sparkline.Of(cell, Columns[index].Spark!.Value) is not { } spark)
        {
            return false;
        }

        if (spark.IsEmpty)
        {
            current.End(index, 0, RowTextKind.Text, 0);
            return true;
        }

        if (!isReleased)
        {
            Columns[index].SeePicture(SparkWidth);
        }

        current.End(index, new RowPicture(null, spark.Words, SparkWidth, Look.LineHeight) { Spark = spark });
        return true;
    }

    private bool TakePicture(byte[] bytes, int index)
    {
        var isBlank = Grouping is not null && Grouping.IsKey[index];
        var cell = default(Cell);
        cell.SetBinary(bytes);
        if (isBlank || Pictures(bytes, Columns[index].Text.Of(cell)) is not { } picture)
        {
            return false;
        }

        if (!isReleased)
        {
            Columns[index].SeePicture(picture.Width);
        }

        current.End(index, picture);
        return true;
    }

    /// <summary>A tab becomes a space, Unicode's line ends a line break; what no font can show
    /// (control characters, halves of a character) the replacement character.</summary>
    private static int Printable(ReadOnlySpan<char> text, Span<char> target)
    {
        text.CopyTo(target);
        var printed = target[..text.Length];
        for (var index = 0; index < printed.Length; index++)
        {
            var character = printed[index];
            if (character is >= ' ' and < '\x7F' or '\n' or '\r')
            {
                continue;
            }

            if (character == '\t')
            {
                printed[index] = ' ';
            }
            else if (character is '\u0085' or '\u2028' or '\u2029')
            {
                printed[index] = '\n';
            }
            else if (char.IsHighSurrogate(character) && index + 1 < printed.Length && char.IsLowSurrogate(printed[index + 1]))
            {
                index++;
            }
            else if (char.IsControl(character) || char.IsSurrogate(character))
            {
                printed[index] = '\uFFFD';
            }
        }

        return text.Length;
    }
}
