using System.Globalization;

namespace ReportScheduler.Rows;

/// <summary>The culture-free text of values that have a short one: numbers with all their digits, dates and times as ISO 8601.</summary>
internal static class IsoText
{
    /// <summary>Writes the text of a value that is neither null, text, JSON nor binary.</summary>
    /// <param name="cell">The value.</param>
    /// <param name="target">At least 64 characters.</param>
    /// <param name="separator">What stands between date and time.</param>
    /// <returns>How many characters were written.</returns>
    public static int Format(in Cell cell, Span<char> target, char separator)
    {
        int length;
        switch (cell.Kind)
        {
            case CellKind.Boolean: (cell.Boolean ? "true" : "false").CopyTo(target); return cell.Boolean ? 4 : 5;
            case CellKind.Integer: cell.Int64.TryFormat(target, out length, default, CultureInfo.InvariantCulture); return length;
            case CellKind.Decimal: cell.Decimal.TryFormat(target, out length, default, CultureInfo.InvariantCulture); return length;
            case CellKind.Double: cell.Double.TryFormat(target, out length, "R", CultureInfo.InvariantCulture); return length;
            case CellKind.Guid: cell.Guid.TryFormat(target, out length); return length;
            case CellKind.Date: return Date(cell.DateTime, target);
            case CellKind.DateTime: return DateAndTime(cell.DateTime, target, separator);
            case CellKind.DateTimeOffset:
                var value = cell.DateTimeOffset;
                length = DateAndTime(value.DateTime, target, separator);
                value.TryFormat(target[length..], out var offset, "zzz", CultureInfo.InvariantCulture);
                return length + offset;
            case CellKind.Time: return Time(cell.Time, target);
            default: throw new ArgumentOutOfRangeException(nameof(cell), cell.Kind, null);
        }
    }

    private static int Date(DateTime value, Span<char> target)
    {
        value.TryFormat(target, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return length;
    }

    private static int DateAndTime(DateTime value, Span<char> target, char separator)
    {
        var length = Date(value, target);
        target[length++] = separator;
        return length + Time(value.TimeOfDay, target[length..]);
    }

    // Hours go on beyond 24: a time column of MySQL holds durations too.
    private static int Time(TimeSpan value, Span<char> target)
    {
        var ticks = value.Ticks == long.MinValue ? long.MaxValue : Math.Abs(value.Ticks);
        var hours = ticks / TimeSpan.TicksPerHour;
        var rest = new DateTime(ticks % TimeSpan.TicksPerHour);
        var length = 0;
        if (value < TimeSpan.Zero)
        {
            target[length++] = '-';
        }

        hours.TryFormat(target[length..], out var written, "00", CultureInfo.InvariantCulture);
        length += written;
        rest.TryFormat(target[length..], out written, rest.Ticks % TimeSpan.TicksPerSecond == 0 ? "':'mm':'ss" : "':'mm':'ss'.'FFFFFFF",
            CultureInfo.InvariantCulture);
        return length + written;
    }
}
