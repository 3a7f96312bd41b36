using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>The parameters of a report in words: two dates that stand for a time
/// from and a time until are a period, "October 2026".</summary>
internal static class PeriodText
{
    private static readonly string[] Starts = ["since", "from", "start", "begin", "von", "ab", "desde", "depuis", "vanaf", "dateFrom",
        "fromDate", "startDate", "dateStart", "beginDate"];
    private static readonly string[] Ends = ["until", "to", "till", "end", "before", "bis", "hasta", "tot", "dateTo", "toDate", "endDate",
        "dateEnd", "untilDate"];

    /// <summary>All parameters on one line.</summary>
    public static string Line(IReadOnlyList<ShownParameter> parameters, ReportTask task, CultureInfo culture) =>
        string.Join(" · ", Lines(parameters, task, culture));

    /// <summary>The period first, and the other parameters with their names in words.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ShownParameter> parameters, ReportTask task, CultureInfo culture)
    {
        var (start, end) = (Find(parameters, Starts), Find(parameters, Ends));
        if (Of(start, end, task, culture) is { } period)
        {
            yield return period;
        }
        else
        {
            (start, end) = (null, null);
        }

        foreach (var parameter in parameters.Where(parameter => parameter != start && parameter != end))
        {
            yield return parameter.ToString();
        }
    }

    /// <summary>Days as people say them: a year, a quarter, a month, a day, or from the first to the last.</summary>
    public static string Of(DateTime first, DateTime last, CultureInfo culture)
    {
        var words = ReportWords.Of(culture);
        var isInvariant = culture.Equals(CultureInfo.InvariantCulture);
        string Day(DateTime day) => day.ToString(isInvariant ? "yyyy-MM-dd" : "d", culture);
        var next = last.AddDays(1);
        return first.Day == 1 && next.Day == 1 && first.AddMonths(1) == next ? first.ToString(isInvariant ? "MMMM yyyy" : "Y", culture)
            : first is { Day: 1, Month: 1 } && first.AddYears(1) == next ? first.ToString("yyyy", culture)
            : first.Day == 1 && first.Month % 3 == 1 && first.AddMonths(3) == next
            ? words.With("quarter", (first.Month + 2) / 3, first.ToString("yyyy", culture))
            : first == last ? Day(first)
            : words.With("range", Day(first), Day(last));
    }

    private static ShownParameter? Find(IReadOnlyList<ShownParameter> parameters, string[] names) =>
        parameters.FirstOrDefault(parameter => parameter.Date is not null
            && names.Contains(parameter.Name.Replace("_", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase));

    private static string? Of(ShownParameter? start, ShownParameter? end, ReportTask task, CultureInfo culture)
    {
        if (start?.Date is not { } first || end?.Date is not { } last || first.TimeOfDay != TimeSpan.Zero
            || last.TimeOfDay != TimeSpan.Zero)
        {
            return null;
        }

        var lastDay = IsExclusive(end.Name, first, last, task) ? last.AddDays(-1) : last;
        return lastDay < first ? null : Of(first, lastDay, culture);
    }

    // The query says whether the end belongs to the period; where it does not, whole months and years do.
    private static bool IsExclusive(string name, DateTime first, DateTime last, ReportTask task)
    {
        foreach (var dataset in task.Datasets)
        {
            var comparison = Regex.Match(dataset.Query, $@"(<=?|>=?|\bbetween\b.*?\band\b)[\s(]*[@:$]{Regex.Escape(name)}\b",
                RegexOptions.IgnoreCase | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
            if (comparison.Success)
            {
                return comparison.Groups[1].Value == "<";
            }
        }

        return first.Day == 1 && last.Day == 1;
    }
}
