using System.Text;

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
        foreach (var row in excerpt.Dataset.FirstRows.Take(excerpt.Rows))
        {
            Line(place => row[excerpt.Columns[place]] is { } value ? OneLine(value) : Missing);
        }

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

    // Texts share what numbers leave; when that is too little, the last columns are left out.
    private static List<int> Widths(MailExcerpt excerpt)
    {
        var widths = excerpt.Columns.Select(column =>
            excerpt.Dataset.FirstRows.Take(excerpt.Rows).Concat(excerpt.Totals)
                .Select(row => OneLine(row[column]).Length).Append(OneLine(excerpt.Dataset.Titles[column]).Length).Max()).ToList();
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
