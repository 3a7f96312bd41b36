using System.Text;
using ReportScheduler.Exports.Preview;

namespace ReportScheduler.Delivery.Mail;

/// <summary>The rows of a dataset as aligned text, no line of which is longer than mail programs wrap at.</summary>
internal static class MailPlainTable
{
    /// <summary>The longest line (RFC 5322, 2.1.1).</summary>
    public const int LineLength = 78;

    private const int WidestText = 40;
    private const int NarrowestText = 8;
    private const string Between = "  ";
    private const string Missing = "-";

    /// <param name="text">Where to.</param>
    /// <param name="excerpt">The rows.</param>
    /// <returns>How many columns of the excerpt found no room.</returns>
    public static int Add(StringBuilder text, MailExcerpt excerpt)
    {
        var widths = Widths(excerpt);
        void Line(Func<int, string> cell) =>
            text.Append(string.Join(Between, widths.Select((width, place) => Padded(excerpt, place, width, cell))).TrimEnd()).Append('\n');
        void Rule() => Line(place => new string('-', widths[place]));
        Line(place => OneLine(excerpt.Dataset.Titles[excerpt.Columns[place]]));
        Rule();
        for (var row = 0; row < excerpt.Rows; row++)
        {
            Groups(text, excerpt, widths, group => group.Row == row);
            Line(place => excerpt.Dataset.Keys.Contains(excerpt.Columns[place]) ? ""
                : excerpt.Dataset.FirstRows[row][excerpt.Columns[place]] is { } value ? OneLine(value) : Missing);
        }

        Groups(text, excerpt, widths, group => group.Row == excerpt.Rows && group.IsTotal);
        text.Append(excerpt.HasGap ? $"{MailTable.Gap}\n" : "");

        if (excerpt.Totals.Count > 0)
        {
            Rule();
        }

        foreach (var total in excerpt.Totals)
        {
            Line(place => OneLine(total[excerpt.Columns[place]]));
        }

        return excerpt.Columns.Count - widths.Count;
    }

    /// <summary>Breaks the lines of a text between words.</summary>
    public static string Wrapped(string text) => string.Join('\n', text.Split('\n').SelectMany(Wrap));

    // The heads and totals of groups, whose texts reach over the empty cells behind them.
    private static void Groups(StringBuilder text, MailExcerpt excerpt, List<int> widths, Func<PreviewLine, bool> isHere)
    {
        foreach (var line in excerpt.Dataset.Groups.Where(isHere))
        {
            var cells = new List<string>();
            for (var place = 0; place < widths.Count;)
            {
                var end = EndOf(excerpt, line, place, widths.Count);
                var width = Sum(widths.GetRange(place, end - place));
                var shown = MailTable.Cut(OneLine(line.Texts[excerpt.Columns[place]]), Math.Max(width, 2))!;
                cells.Add(IsNumber(excerpt, place) && end == place + 1 ? shown.PadLeft(width) : shown.PadRight(width));
                place = end;
            }

            text.Append(string.Join(Between, cells).TrimEnd()).Append('\n');
        }
    }

    private static int EndOf(MailExcerpt excerpt, PreviewLine line, int place, int count)
    {
        var end = place + 1;
        while (IsLabel(excerpt, line, place) && end < count && line.Texts[excerpt.Columns[end]] is null)
        {
            end++;
        }

        return end;
    }

    private static bool IsLabel(MailExcerpt excerpt, PreviewLine line, int place) => line.Texts[excerpt.Columns[place]] is not null
        && (!line.IsTotal || excerpt.Dataset.Keys.Contains(excerpt.Columns[place]));

    // What must fit into one column: the values, but for those that stand in the heads of groups, and the totals of groups.
    private static IEnumerable<string?> Texts(MailExcerpt excerpt, int column) =>
        (excerpt.Dataset.Keys.Contains(column) ? [] : excerpt.Dataset.FirstRows.Take(excerpt.Rows).Concat(Totals(excerpt)
            .Select(line => line.Texts))).Concat(excerpt.Totals).Select(row => row[column]).Append(excerpt.Dataset.Titles[column]);

    private static IEnumerable<PreviewLine> Totals(MailExcerpt excerpt) =>
        excerpt.Dataset.Groups.Where(line => line.IsTotal && line.Row <= excerpt.Rows);

    // What the totals of a group are called must not be cut where there is room.
    private static void MakeRoom(List<int> widths, MailExcerpt excerpt)
    {
        foreach (var line in Totals(excerpt))
        {
            for (var place = 0; place < widths.Count; place++)
            {
                if (IsLabel(excerpt, line, place))
                {
                    var end = EndOf(excerpt, line, place, widths.Count);
                    var width = Sum(widths.GetRange(place, end - place));
                    widths[place] += Math.Max(0, OneLine(line.Texts[excerpt.Columns[place]]).Length - width);
                }
            }
        }
    }

    // Texts share what numbers leave; when that is too little, the last columns are left out.
    private static List<int> Widths(MailExcerpt excerpt)
    {
        var widths = excerpt.Columns.Select(column => Texts(excerpt, column).Max(text => OneLine(text).Length)).ToList();
        MakeRoom(widths, excerpt);
        while (Sum(widths) > LineLength)
        {
            var widest = Enumerable.Range(0, widths.Count).Where(place => !IsNumber(excerpt, place) && widths[place] > NarrowestText)
                .OrderByDescending(place => widths[place]).ToList();
            if (widest.Count > 0)
            {
                widths[widest[0]]--;
            }
            else if (widths.Count > 1)
            {
                widths.RemoveAt(widths.Count - 1);
            }
            else
            {
                widths[0] = LineLength;
            }
        }

        return widths;
    }

    private static int Sum(List<int> widths) => widths.Sum() + (Between.Length * (widths.Count - 1));

    private static bool IsNumber(MailExcerpt excerpt, int place) => MailTable.IsNumber(excerpt.Dataset.Columns[excerpt.Columns[place]]);

    private static string Padded(MailExcerpt excerpt, int place, int width, Func<int, string> cell)
    {
        var text = MailTable.Cut(cell(place), Math.Max(width, 2))!;
        return IsNumber(excerpt, place) ? text.PadLeft(width) : text.PadRight(width);
    }

    private static string OneLine(string? value) => MailTable.Cut((value ?? "").ReplaceLineEndings(" ").Replace('\t', ' '), WidestText)!;

    private static IEnumerable<string> Wrap(string line)
    {
        while (line.Length > LineLength)
        {
            var end = line.LastIndexOf(' ', LineLength);
            end = end > 0 ? end : line.IndexOf(' ', StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            yield return line[..end].TrimEnd();
            line = line[(end + 1)..];
        }

        yield return line;
    }
}
