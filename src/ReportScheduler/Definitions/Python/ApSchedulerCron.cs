using System.Globalization;
using System.Text.RegularExpressions;

namespace ReportScheduler.Definitions.Python;

/// <summary>Turns the cron fields of APScheduler into cron text that fires at the same instants.</summary>
/// <remarks>
/// apscheduler.triggers.cron: fields that are not given are <c>*</c> when they stand before the last given one in the order year,
/// month, day, week, day_of_week, hour, minute, second, and their minimum after it. Weekdays count from Monday = 0.
/// </remarks>
internal sealed partial class ApSchedulerCron
{
    /// <summary>The fields, from the largest to the smallest.</summary>
    public static readonly string[] Order = ["year", "month", "day", "week", "day_of_week", "hour", "minute", "second"];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private readonly string task;
    private readonly Dictionary<string, string> fields;

    private ApSchedulerCron(string task, IReadOnlyDictionary<string, string> given)
    {
        this.task = task;
        var last = Array.FindLastIndex(Order, given.ContainsKey);
        fields = Order.Select((name, place) =>
            (name, Value: given.TryGetValue(name, out var value) ? value.Trim() : Default(name, isAfterLast: last >= 0 && place > last)))
            .ToDictionary(field => field.name, field => field.Value, StringComparer.Ordinal);
    }

    /// <param name="task">The task's name, for messages.</param>
    /// <param name="given">The fields that are given, by APScheduler's names.</param>
    /// <exception cref="ReportException">A field says what cron text cannot; the words name the field.</exception>
    public static string ToCron(string task, IReadOnlyDictionary<string, string> given) => new ApSchedulerCron(task, given).Text();

    private static string Default(string name, bool isAfterLast) => !isAfterLast ? "*" : name switch
    {
        "month" or "day" => "1",
        "hour" or "minute" or "second" => "0",
        _ => "*",
    };

    private string Text()
    {
        foreach (var name in new[] { "year", "week" })
        {
            if (fields[name] != "*")
            {
                throw No(name, $"it has no {name}");
            }
        }

        var (day, weekday) = Days();
        var second = Field("second", 0, 59);
        var rest = string.Join(' ', Field("minute", 0, 59), Field("hour", 0, 23), day, Field("month", 1, 12, Months), weekday);
        return second == "0" ? rest : $"{second} {rest}";
    }

    private (string Day, string Weekday) Days()
    {
        var weekday = Weekday();
        var items = Items("day");
        if (!items.Exists(item => Position().IsMatch(item)))
        {
            return (string.Join(',', items.Select(
                item => item.Equals("last", StringComparison.OrdinalIgnoreCase) ? "L" : Item("day", item, 1, 31, []))), weekday);
        }

        if (weekday != "*" || !items.TrueForAll(item => Position().IsMatch(item)))
        {
            throw No("day", "a weekday's place in the month stands beside other days");
        }

        return ("*", string.Join(',', items.Select(Place)));
    }

    private string Place(string item)
    {
        var place = Position().Match(item);
        var weekday = (Array.IndexOf(Weekdays, place.Groups["weekday"].Value.ToLowerInvariant()) + 1) % 7;
        return place.Groups["place"].Value.Equals("last", StringComparison.OrdinalIgnoreCase)
            ? $"{weekday}L"
            : $"{weekday}#{place.Groups["place"].Value[0]}";
    }

    private string Weekday()
    {
        var days = new SortedSet<int>();
        foreach (var item in Items("day_of_week"))
        {
            var (first, last, step) = Range("day_of_week", item, 0, 6, Weekdays);
            for (var day = first; day <= last; day += step)
            {
                days.Add((day + 1) % 7);
            }
        }

        return days.Count == 7 ? "*" : string.Join(',', days);
    }

    private string Field(string name, int least, int most, params string[] names) =>
        string.Join(',', Items(name).Select(item => Item(name, item, least, most, names)));

    private string Item(string name, string item, int least, int most, string[] names)
    {
        var (first, last, step) = Range(name, item, least, most, names);
        var range = first == last ? $"{first}" : first == least && last == most ? "*" : $"{first}-{last}";
        return step == 1 || first == last ? range : $"{range}/{step}";
    }

    private (int First, int Last, int Step) Range(string name, string item, int least, int most, string[] names)
    {
        var match = Expression().Match(item);
        if (!match.Success)
        {
            throw No(name, $"'{item}' is not understood");
        }

        var step = match.Groups["step"].Success ? int.Parse(match.Groups["step"].Value, CultureInfo.InvariantCulture) : 1;
        var first = match.Groups["all"].Success ? least : Number(match.Groups["first"].Value);
        var last = match.Groups["last"].Success ? Number(match.Groups["last"].Value)
            : match.Groups["all"].Success || match.Groups["step"].Success ? most
            : first;
        return first < least || last > most || first > last || step < 1
            ? throw No(name, $"'{item}' is not between {least} and {most}")
            : (first, last, step);

        int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
            : Array.FindIndex(names, known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) is var place and >= 0 ? place + least
            : throw No(name, $"'{text}' is not understood");
    }

    private List<string> Items(string name) => [.. fields[name].Split(',', StringSplitOptions.TrimEntries)];

    private ReportException No(string field, string reason) => PythonErrors.CronFieldNotSayable(task, field, fields[field], reason);

    [GeneratedRegex(@"^(?:(?<all>\*)|(?<first>\d+|[a-z]{3})(?:-(?<last>\d+|[a-z]{3}))?)(?:/(?<step>\d{1,4}))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Expression();

    [GeneratedRegex("^(?<place>1st|2nd|3rd|4th|5th|last) +(?<weekday>mon|tue|wed|thu|fri|sat|sun)$", RegexOptions.IgnoreCase)]
    private static partial Regex Position();
}
