using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.Excel;

/// <summary>Numbers as Excel holds them: doubles, of which it keeps fifteen significant digits, and days since the end of 1899.</summary>
internal static class ExcelNumber
{
    /// <summary>As many bytes as any number here takes.</summary>
    public const int MaxLength = 64;

    private const long Digits15 = 1_000_000_000_000_000;
    private const int QuickDigits = 4;
    private const int MostVisible = 6;
    private const double Noise = 1e-15;
    private const double QuickFactor = 10_000;

    private static readonly long[] PowersOfTen =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    ];

    // Excel believes that 1900 was a leap year; days before March 1900 count from one day later.
    private static readonly long LeapError = new DateTime(1900, 3, 1).Ticks;
    private static readonly long FirstDay = new DateTime(1900, 1, 1).Ticks;
    private static readonly long FirstDayOfMac = new DateTime(1904, 1, 1).Ticks;
    private static readonly long LastSecond = new DateTime(9999, 12, 31, 23, 59, 59).Ticks;
    private static readonly long Epoch = new DateTime(1899, 12, 30).Ticks;

    /// <summary>Whether the whole part of a number has fifteen digits at most. All numbers beyond
    /// are one kind, text, or a lookup would find some of them only.</summary>
    public static bool Fits(long value) => value is > -Digits15 and < Digits15;

    /// <inheritdoc cref="Fits(long)"/>
    public static bool Fits(decimal value) => value is > -Digits15 and < Digits15;

    /// <summary>The fifteen significant digits of a number that Excel keeps; half away from zero, as Excel rounds.</summary>
    public static decimal Rounded(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var surplus = 0;
        for (; mantissa >= (UInt128)Digits15; mantissa /= 10)
        {
            surplus++;
        }
        if (surplus <= value.Scale)
        {
            return Math.Round(value, value.Scale - surplus, MidpointRounding.AwayFromZero);
        }
        var unit = (decimal)PowersOfTen[surplus - value.Scale];
        return Math.Round(value / unit, MidpointRounding.AwayFromZero) * unit;
    }

    /// <summary>A number with the fifteen digits that Excel keeps.</summary>
    /// <returns>How many bytes were written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Format(decimal value, Span<byte> target)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        if (bits[2] != 0 || mantissa >= Digits15 || value.Scale >= PowersOfTen.Length)
        {
            Utf8Formatter.TryFormat(Rounded(value), target, out var length);
            return length;
        }
        return Format(bits[3] < 0 ? -(long)mantissa : (long)mantissa, value.Scale, target);
    }

    /// <summary>The shortest digits that read back as the number.</summary>
    /// <param name="value">Not infinite, and a number.</param>
    /// <param name="target">Where to.</param>
    /// <param name="fractionDigits">How many digits Excel shows behind the point.</param>
    /// <param name="isScientific">Whether there is an exponent.</param>
    /// <returns>How many bytes were written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Format(double value, Span<byte> target, out int fractionDigits, out bool isScientific)
    {
        // Most numbers of databases have few decimals. If the integer divided again is the number, then its digits read back as the number,
        // because such a division rounds as reading does; and up to fifteen digits there are no shorter ones.
        var scaled = Math.Round(value * QuickFactor);
        isScientific = false;
        if (Math.Abs(scaled) < Digits15 && scaled / QuickFactor == value)
        {
            var digits = (long)scaled;
            for (fractionDigits = QuickDigits; fractionDigits > 0 && digits % 10 == 0; fractionDigits--)
            {
                digits /= 10;
            }
            return Format(digits, fractionDigits, target);
        }
        value.TryFormat(target, out var written, default, CultureInfo.InvariantCulture);
        var point = target[..written].IndexOf((byte)'.');
        isScientific = target[..written].Contains((byte)'E');
        fractionDigits = Visible(value) ?? (point < 0 ? 0 : written - point - 1);
        return written;
    }

    // What a sum of doubles leaves beyond the fifteen digits that Excel shows, is no fraction to people: 0.30000000000000004 has one digit.
    private static int? Visible(double value)
    {
        var rounded = Math.Round(value, MostVisible);
        if (Math.Abs(rounded - value) > Math.Abs(value) * Noise)
        {
            return null;
        }
        for (var digits = 0; digits < MostVisible; digits++)
        {
            if (Math.Abs(Math.Round(rounded, digits) - rounded) <= Math.Abs(value) * Noise)
            {
                return digits;
            }
        }
        return MostVisible;
    }

    public static bool IsDate(long ticks) => ticks >= FirstDay;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int FormatDate(long ticks, Span<byte> target)
    {
        // SQL Server's and .NET's last instants would round to a day that Excel does not have.
        ticks = Math.Min(ticks, LastSecond);
        var sinceEpoch = ticks - Epoch - (ticks < LeapError ? TimeSpan.TicksPerDay : 0);
        return FormatDays(sinceEpoch, target);
    }

    public static bool IsDateFrom1904(long ticks) => ticks >= FirstDayOfMac;

    /// <summary>A date of a workbook that counts from 1904 on: 1 January 1904 is 0.</summary>
    public static int FormatDateFrom1904(long ticks, Span<byte> target) => FormatDays(Math.Min(ticks, LastSecond) - FirstDayOfMac, target);

    /// <summary>Days with as many decimals as a double of that size holds.</summary>
    /// <param name="ticks">Not negative.</param>
    /// <param name="target">Where to; 32 bytes are enough.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int FormatDays(long ticks, Span<byte> target)
    {
        var days = Math.DivRem(ticks, TimeSpan.TicksPerDay, out var rest);
        Utf8Formatter.TryFormat(days, target, out var length);
        if (rest == 0)
        {
            return length;
        }
        // 10^12 / ticks of a day = 125 / 108. LibreOffice cuts off what is missing to a
        // full minute, so times of a day have three digits more.
        var decimals = days < 10 ? ((rest * 31_250) + 13) / 27 : ((rest * 125) + 54) / 108;
        target[length++] = (byte)'.';
        Utf8Formatter.TryFormat(decimals, target[length..], out var written,
            new System.Buffers.StandardFormat('D', days < 10 ? (byte)15 : (byte)12));
        length += written;
        while (target[length - 1] == '0')
        {
            length--;
        }
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Format(long digits, int scale, Span<byte> target)
    {
        var length = 0;
        if (digits < 0)
        {
            target[length++] = (byte)'-';
            digits = -digits;
        }
        var whole = scale == 0 ? digits : Math.DivRem(digits, PowersOfTen[scale], out digits);
        Utf8Formatter.TryFormat(whole, target[length..], out var written);
        length += written;
        if (scale > 0)
        {
            target[length++] = (byte)'.';
            for (var place = length + scale - 1; place >= length; place--, digits /= 10)
            {
                target[place] = (byte)('0' + (digits % 10));
            }
            length += scale;
        }
        return length;
    }
}
