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

    // Excel believes that 1900 was a leap year; days before March 1900 count from one day later. In ticks of .NET, as constants because
    // methods that are compiled early would look at every use whether they are known yet.
    private const long LeapError = 599_317_056_000_000_000;
    private const long FirstDay = 599_266_080_000_000_000;
    private const long FirstDayOfMac = 600_527_520_000_000_000;
    private const long LastSecond = 3_155_378_975_990_000_000;
    private const long Epoch = 599_264_352_000_000_000;

    private static ReadOnlySpan<long> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    ];

    private static ReadOnlySpan<double> DoublePowersOfTen =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    // 00 to 99
    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8
        + "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>Whether the whole part of a number has fifteen digits at most. All numbers beyond
    /// are one kind, text, or a lookup would find some of them only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    /// <summary>All digits of a number that has at most fifteen, and how many of them stand behind the point.</summary>
    /// <returns>False when it has more.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryTakeApart(decimal value, out long digits, out int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        digits = bits[3] < 0 ? -(long)mantissa : (long)mantissa;
        scale = (bits[3] >> 16) & 0xFF;
        return bits[2] == 0 && mantissa < Digits15 && scale < PowersOfTen.Length;
    }

    /// <summary>What <see cref="TryTakeApart"/> gives, put together again.</summary>
    public static double ToDouble(long digits, int scale) => digits / DoublePowersOfTen[scale];

    /// <summary>A number with the fifteen digits that Excel keeps.</summary>
    /// <returns>How many bytes were written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Format(decimal value, Span<byte> target)
    {
        if (TryTakeApart(value, out var digits, out var scale))
        {
            return Format(digits, scale, target);
        }

        Utf8Formatter.TryFormat(Rounded(value), target, out var length);
        return length;
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
        var length = Format(days, target);
        if (rest == 0)
        {
            return length;
        }
        // 10^12 / ticks of a day = 125 / 108. LibreOffice cuts off what is missing to a
        // full minute, so times of a day have three digits more.
        var (decimals, count) = days < 10 ? (((rest * 31_250) + 13) / 27, 15) : (((rest * 125) + 54) / 108, 12);
        target[length++] = (byte)'.';
        WriteDigits((ulong)decimals, target.Slice(length, count));
        length += count;
        while (target[length - 1] == '0')
        {
            length--;
        }

        return length;
    }

    /// <summary>A whole number.</summary>
    /// <returns>How many bytes were written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Format(long value, Span<byte> target)
    {
        if (!Fits(value))
        {
            Utf8Formatter.TryFormat(value, target, out var written);
            return written;
        }

        var start = 0;
        if (value < 0)
        {
            target[start++] = (byte)'-';
            value = -value;
        }

        var count = 1;
        for (; count < PowersOfTen.Length && value >= PowersOfTen[count]; count++)
        {
        }

        WriteDigits((ulong)value, target.Slice(start, count));
        return start + count;
    }

    /// <summary>A number whose last digits stand behind the point.</summary>
    /// <param name="digits">All of them, as a whole number.</param>
    /// <param name="scale">How many stand behind the point.</param>
    /// <param name="target">Where to.</param>
    /// <returns>How many bytes were written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Format(long digits, int scale, Span<byte> target)
    {
        if (scale == 0)
        {
            return Format(digits, target);
        }

        var start = 0;
        if (digits < 0)
        {
            target[start++] = (byte)'-';
            digits = -digits;
        }

        var whole = Math.DivRem(digits, PowersOfTen[scale], out var rest);
        start += Format(whole, target[start..]);
        target[start++] = (byte)'.';
        WriteDigits((ulong)rest, target.Slice(start, scale));
        return start + scale;
    }

    // Fills the target from its end, two digits at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteDigits(ulong value, Span<byte> target)
    {
        var place = target.Length;
        while (place >= 2)
        {
            place -= 2;
            (value, var pair) = Math.DivRem(value, 100);
            Pairs.Slice((int)pair * 2, 2).CopyTo(target[place..]);
        }

        if (place == 1)
        {
            target[0] = (byte)('0' + (value % 10));
        }
    }
}
