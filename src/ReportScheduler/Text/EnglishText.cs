using System.Globalization;

namespace ReportScheduler.Text;

/// <summary>Numbers and lists as a sentence has them.</summary>
internal static class EnglishText
{
    private const int Most = 10;

    /// <summary>1st, 2nd, 3rd, 11th.</summary>
    public static string Ordinal(int number) => number + (number % 100 is >= 11 and <= 13 ? "th" : (number % 10) switch
    {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    });

    /// <summary>a, b and c.</summary>
    public static string List(IEnumerable<string> items, string last = "and")
    {
        var all = items.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} {last} {all[^1]}";
    }

    /// <summary>'a', 'b' and 3 more: of many values the first ones.</summary>
    public static string First(IReadOnlyCollection<string> values)
    {
        var shown = values.Take(Most).Select(value => $"'{OneLine.Of(value)}'");
        return List(values.Count <= Most
            ? shown
            : shown.Append(string.Create(CultureInfo.InvariantCulture, $"{values.Count - Most:N0} more")));
    }
}
