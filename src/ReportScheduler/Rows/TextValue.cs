using System.Globalization;

namespace ReportScheduler.Rows;

/// <summary>Text that stands for a value of another kind: dates and times as ISO 8601, ids, JSON.</summary>
internal static class TextValue
{
    private static readonly string[] DateForms = ["yyyy-MM-dd"];
    private static readonly string[] DateTimeForms =
    [
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];

    // The short forms are numbers as well, and dates only where somebody says so.
    private static readonly string[] AskedForms = [.. DateForms, "yyyy-MM", "yyyyMMdd"];
    // zzz takes +02:00 and +0200, zz takes +02 as PostgreSQL writes it
    private static readonly string[] Offsets = ["zzz", " zzz", "zz", " zz", "'Z'", " 'Z'", " 'UTC'"];
    private static readonly string[] OffsetForms = [.. Offsets.SelectMany(offset => DateTimeForms.Select(form => form + offset))];
    private static readonly string[] TimeForms = ["hh\\:mm", "hh\\:mm\\:ss", "hh\\:mm\\:ss\\.FFFFFFF"];

    /// <summary>Sets a cell to what a text of a column of some kind says; to the text itself where it says nothing of that kind.</summary>
    public static void Set(ref Cell cell, string text, ColumnKind column)
    {
        var culture = CultureInfo.InvariantCulture;
        var instantText = column is ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset ? InTicks(text) : text;
        switch (column)
        {
            case ColumnKind.Date when DateTime.TryParseExact(text, DateForms, culture, DateTimeStyles.None, out var date):
                cell.SetDate(date);
                break;
            case ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset when DateTimeOffset.TryParseExact(instantText,
                OffsetForms, culture, DateTimeStyles.AssumeUniversal, out var instant):
                cell.SetDateTimeOffset(instant);
                break;
            case ColumnKind.Date or ColumnKind.DateTime when DateTime.TryParseExact(instantText, DateTimeForms, culture,
                DateTimeStyles.None, out var dateTime):
                cell.SetDateTime(dateTime);
                break;
            case ColumnKind.DateTime when DateTime.TryParseExact(text, DateForms, culture, DateTimeStyles.None, out var date):
                cell.SetDateTime(date);
                break;
            case ColumnKind.Time when TimeSpan.TryParseExact(text, TimeForms, culture, out var time):
                cell.SetTime(time);
                break;
            case ColumnKind.Guid when Guid.TryParse(text, out var guid):
                cell.SetGuid(guid);
                break;
            case ColumnKind.Json:
                cell.SetJson(text);
                break;
            default:
                cell.SetText(text);
                break;
        }
    }

    /// <summary>Sets a cell that is text to what a number format asks it to be: a date, a
    /// time or a number. It stays text where it is none.</summary>
    public static void Ask(ref Cell cell, ColumnKind asked)
    {
        var text = cell.Text.Trim();
        switch (asked)
        {
            case ColumnKind.Decimal when LongNumber.TryRead(text, out var number):
                cell.SetDecimal(number);
                break;
            case ColumnKind.Date or ColumnKind.DateTime when DateTime.TryParseExact(text, AskedForms, CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var date):
                cell.SetDate(date);
                break;
            case ColumnKind.Time when Duration(text) is { } time:
                cell.SetTime(time);
                break;
            case ColumnKind.Date or ColumnKind.DateTime or ColumnKind.Time:
                var value = default(Cell);
                Set(ref value, text, ColumnKind.DateTime);
                cell = value.Kind == CellKind.Text ? cell : value;
                break;
        }
    }

    /// <summary>Whether a text is a date, or a date and time, as ISO 8601 writes it.</summary>
    public static bool IsDate(string text)
    {
        var cell = default(Cell);
        Set(ref cell, text, ColumnKind.DateTime);
        return cell.Kind != CellKind.Text;
    }

    // Go and SQL Server write nanoseconds; a cell has seven digits of a second.
    private static string InTicks(string text)
    {
        const int most = 7;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var end = point + 1;
        while (point >= 0 && end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return point >= 0 && end - point - 1 > most ? text.Remove(point + 1 + most, end - point - 1 - most) : text;
    }

    // Hours may go on beyond the day.
    private static TimeSpan? Duration(string text)
    {
        if (TimeSpan.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, out var time))
        {
            return time;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon is > 0 and < 6 && int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && TimeSpan.TryParseExact("00" + text[colon..], TimeForms, CultureInfo.InvariantCulture, out var rest)
            ? TimeSpan.FromHours(hours) + rest
            : null;
    }
}
