namespace ReportScheduler.Schedules;

/// <summary>What one field of cron text may hold.</summary>
/// <param name="Name">The field's name, as in messages.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value; Sunday may be written as 0 and as 7.</param>
/// <param name="Words">The words for the values, beginning with the smallest.</param>
internal sealed record CronField(string Name, int Min, int Max, params string[] Words)
{
    public static readonly CronField Second = new("second", 0, 59);
    public static readonly CronField Minute = new("minute", 0, 59);
    public static readonly CronField Hour = new("hour", 0, 23);
    public static readonly CronField DayOfMonth = new("day of month", 1, 31);
    public static readonly CronField Month = new("month", 1, 12,
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    public static readonly CronField DayOfWeek = new("day of week", 0, 7,
        "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /// <summary>How many different values there are: a range that wraps goes on at the smallest after this many.</summary>
    public int Span => this == DayOfWeek ? 7 : Max - Min + 1;

    public bool IsDay => this == DayOfMonth || this == DayOfWeek;

    public bool IsTime => this == Second || this == Minute || this == Hour;

    /// <summary>What the field takes, as in "the minute must be ...".</summary>
    public string Allowed => Words.Length == 0
        ? $"between {Min} and {Max}"
        : $"between {Min} and {Max} or a name from {Words[0]} to {Words[^1]}";
}
