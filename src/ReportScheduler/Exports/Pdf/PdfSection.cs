using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Excel;
using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Pdf;

/// <summary>One dataset: its columns, and its rows as texts on disk.</summary>
internal sealed class PdfSection : IDisposable
{
    /// <summary>Widths are made for the first rows; longer texts further down wrap.</summary>
    private const int RowsThatSetWidths = 1000;

    /// <summary>Longer texts would fill page after page. It is what a cell of a workbook holds too.</summary>
    private const int LongestText = 32_767;

    private readonly ColumnTotals totals;
    private readonly FontSet regular;
    private readonly FontSet bold;
    private readonly int[] ends;
    private readonly IReadOnlyList<PdfColumn> highlighted;
    private readonly HighlightMark[] marks;
    private char[] chars = new char[1024];

    public PdfSection(string name, IReadOnlyList<PdfColumn> columns, ColumnTotals totals, TextSpool spool, FontSet regular, FontSet bold)
    {
        (Name, Columns, this.totals, Spool, this.regular, this.bold) = (name, columns, totals, spool, regular, bold);
        ends = new int[columns.Count];
        highlighted = [.. columns.Where(column => column.Highlight is not null)];
        marks = new HighlightMark[highlighted.Count];
        foreach (var column in columns)
        {
            column.Fit(column.Source.Header, bold, mayWrap: true);
        }
    }

    public string Name { get; }

    public IReadOnlyList<PdfColumn> Columns { get; }

    public TextSpool Spool { get; }

    /// <summary>The columns that have highlight rules.</summary>
    public IReadOnlyList<PdfColumn> Highlighted => highlighted;

    /// <summary>The chart above the table; null for none.</summary>
    public ChartData? Chart { get; init; }

    /// <summary>The lines of totals below the rows.</summary>
    public IReadOnlyList<TotalTexts> Totals { get; private set; } = [];

    /// <summary>How its groups look; null for none.</summary>
    public GroupLayout? Groups { get; init; }

    /// <summary>What is said of groups that go on on a page, with their names in it.</summary>
    public string GoesOn { get; init; } = "";

    /// <summary>Whether each of the outermost groups begins on a page of its own.</summary>
    public bool BreaksPages { get; init; }

    /// <summary>How many texts were cut.</summary>
    public long Cut { get; private set; }

    /// <summary>The columns of each page across.</summary>
    public IReadOnlyList<PdfColumn[]> Across { get; private set; } = [];

    public void Add(RowBatch rows)
    {
        totals.Add(rows);
        Chart?.Add(rows);
        foreach (var column in Columns)
        {
            column.Text.See(rows, column.Source.Index);
        }

        var mark = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            mark = Marks(rows, mark, row);
            Add(rows[row]);
        }

        Marks(rows, mark, rows.Count);
    }

    /// <summary>Writes the totals below the rows that were added.</summary>
    public void End()
    {
        Chart?.End();
        Totals = [.. totals.Lines.Select(Set)];
    }

    /// <summary>Gives the columns their widths, once all rows have been seen.</summary>
    /// <param name="width">How wide a page is between its margins, in points.</param>
    public void Arrange(float width) => Across = ColumnGroups.Of(Columns, width);

    public void Dispose() => Spool.Dispose();

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

    // The heads and totals of groups in front of a row.
    private int Marks(RowBatch rows, int mark, int row)
    {
        for (; mark < rows.Groups.Count && rows.Groups[mark].Row == row; mark++)
        {
            var group = rows.Groups[mark];
            if (!group.IsEnd)
            {
                Spooled((SpooledKind)((int)SpooledKind.Head + group.Level), Groups!.PlaceOf(group.Level), Groups.Head(group));
                continue;
            }

            foreach (var line in Groups!.Lines)
            {
                AddTotals(line, group);
            }
        }

        return mark;
    }

    private void AddTotals(TotalLine line, GroupMark group)
    {
        var texts = new string[Columns.Count];
        var label = Groups!.LabelPlace(line, group);
        for (var index = 0; index < texts.Length; index++)
        {
            var total = group.Totals!.Of(Columns[index].Source.Index, line.Kinds[index]);
            texts[index] = total.Kind != CellKind.Null ? Columns[index].Text.Of(total, line.Kinds[index]) : index == label ? Groups.Label(line, group) : "";
            // a label reaches over the empty columns behind it, where there are any
            if (index != label || Groups.EndOfLabel(line, label) == label + 1)
            {
                Columns[index].Fit(texts[index], bold, mayWrap: false);
            }
        }

        Spooled((SpooledKind)((int)SpooledKind.Totals + group.Level), texts, label);
    }

    private void Spooled(SpooledKind kind, int place, string text)
    {
        var texts = new string[Columns.Count];
        Array.Fill(texts, "");
        texts[place] = text;
        Spooled(kind, texts, place);
    }

    private void Spooled(SpooledKind kind, string[] texts, int label)
    {
        var length = 0;
        for (var index = 0; index < texts.Length; index++)
        {
            var text = ExcelText.Cut(texts[index], LongestText);
            if (chars.Length < length + text.Length)
            {
                Array.Resize(ref chars, Math.Max(length + text.Length, chars.Length * 2));
            }

            var printed = chars.AsSpan(length, Printable(text, chars.AsSpan(length)));
            bold.Measure(printed);
            length += printed.Length;
            ends[index] = SpooledRow.Mark(length, isNumber: index != label && text.Length > 0, 0);
        }

        Spool.Add(chars.AsSpan(0, length), ends, new HighlightMark[marks.Length], kind);
    }

    private void Add(ReadOnlySpan<Cell> row)
    {
        Span<char> room = stackalloc char[64];
        var length = 0;
        var setsWidths = Spool.Rows < RowsThatSetWidths;
        for (var index = 0; index < Columns.Count; index++)
        {
            var column = Columns[index];
            ref readonly var cell = ref row[column.Source.Index];
            var text = Groups is not null && Groups.IsKey[index] ? default : column.Text.Of(cell, room);
            if (text.Length > LongestText)
            {
                text = ExcelText.Cut(text, LongestText);
                Cut++;
            }

            if (chars.Length < length + text.Length)
            {
                Array.Resize(ref chars, Math.Max(length + text.Length, chars.Length * 2));
            }

            var written = Printable(text, chars.AsSpan(length));
            var printed = chars.AsSpan(length, written);
            if (setsWidths)
            {
                column.See(printed, cell.Kind, regular);
            }
            else
            {
                // asking for the width notes the characters, which the subset of the font is made of
                regular.Measure(printed);
            }

            length += written;
            ends[index] = SpooledRow.Mark(length, PdfColumn.IsNumeric(cell.Kind), column.NumberOf(column.Text.Color));
        }

        for (var index = 0; index < marks.Length; index++)
        {
            marks[index] = highlighted[index].Highlight!.See(row[highlighted[index].Source.Index]);
        }

        Spool.Add(chars.AsSpan(0, length), ends, marks, SpooledKind.Row);
    }

    /// <summary>A tab becomes a space, Unicode's line ends a line break; what no font can show (control characters, halves of a character) the replacement character.</summary>
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
