using System.Globalization;
using ReportScheduler.Rows;
using ReportScheduler.Time;

namespace ReportScheduler.Conditions;

/// <summary>Values of conditions: decimals and doubles, texts, dates, instants, times of day or durations, true and false.</summary>
internal static class ConditionValue
{
    /// <summary>The value of a cell; null for NULL. A number that is longer than any type comes as text.</summary>
    public static object? Of(Cell cell, SourceColumn? column) => cell.Kind switch
    {
        CellKind.Null => null,
        CellKind.Boolean => cell.Boolean,
        CellKind.Integer => (decimal)cell.Int64,
        CellKind.Decimal => cell.Decimal,
        CellKind.Double => cell.Double,
        CellKind.Date or CellKind.DateTime => cell.DateTime,
        CellKind.DateTimeOffset => cell.DateTimeOffset,
        CellKind.Time => cell.Time,
        CellKind.Guid => cell.Guid.ToString(),
        CellKind.Text or CellKind.Json => column is not null && LongNumber.MayBeIn(column.Kind)
            && double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : cell.Text,
        _ => cell.Binary,
    };

    /// <summary>Compares two values of one kind; a text is read as what the other side is.</summary>
    /// <returns>False when they are of two kinds.</returns>
    public static bool TryCompare(object left, object right, TimeZoneInfo zone, out int order)
    {
        order = 0;
        if (left is string one && right is string other)
        {
            order = string.CompareOrdinal(one, other);
            return true;
        }

        if (left is string text)
        {
            return As(text, right) is { } read && TryCompare(read, right, zone, out order);
        }

        if (right is string && As((string)right, left) is { } meant)
        {
            return TryCompare(left, meant, zone, out order);
        }

        switch (left, right)
        {
            case (bool yes, bool no):
                order = yes.CompareTo(no);
                return true;
            case (bool flag, decimal number):
                order = (flag ? 1m : 0m).CompareTo(number);
                return true;
            case (decimal number, bool flag):
                order = number.CompareTo(flag ? 1m : 0m);
                return true;
            case (decimal small, decimal large):
                order = small.CompareTo(large);
                return true;
            case (decimal or double, decimal or double):
                order = Double(left).CompareTo(Double(right));
                return true;
            case (TimeSpan less, TimeSpan more):
                order = less.CompareTo(more);
                return true;
            case (DateTime or DateTimeOffset or DateOnly, DateTime or DateTimeOffset or DateOnly):
                order = Instant(left, zone).CompareTo(Instant(right, zone));
                return true;
            default:
                return false;
        }
    }

    /// <summary>What a value is, as in messages.</summary>
    public static string Words(object value) => value switch
    {
        decimal or double => "a number",
        bool => "true or false",
        DateTime or DateTimeOffset or DateOnly => "a date",
        TimeSpan => "a duration",
        string text => $"the text '{(text.Length <= 50 ? text : text[..50] + "...")}'",
        _ => "binary",
    };

    /// <summary>A text as the kind of the other side; null when it is none.</summary>
    private static object? As(string text, object other) => other switch
    {
        decimal or double => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        DateTime or DateTimeOffset or DateOnly => Date(text),
        TimeSpan => Duration(text),
        bool => bool.TryParse(text, out var flag) ? flag : null,
        _ => null,
    };

    private static object? Date(string text) =>
        !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? null
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            && time.Kind == DateTimeKind.Unspecified ? (object)time : instant;

    private static TimeSpan? Duration(string text)
    {
        try
        {
            return DurationText.Parse(text);
        }
        catch (ReportException)
        {
            return null;
        }
    }

    private static double Double(object number) => number is decimal exact ? (double)exact : (double)number;

    private static DateTimeOffset Instant(object date, TimeZoneInfo zone) => date switch
    {
        DateTimeOffset instant => instant,
        DateOnly day => Start(day.ToDateTime(TimeOnly.MinValue), zone),
        _ => Start(DateTime.SpecifyKind((DateTime)date, DateTimeKind.Unspecified), zone),
    };

    // at the ends of the calendar there is no place for another zone
    private static DateTimeOffset Start(DateTime time, TimeZoneInfo zone) =>
        time.Year is > 1 and < 9999 ? Zones.ToInstant(time, zone) : new DateTimeOffset(time, TimeSpan.Zero);
}
