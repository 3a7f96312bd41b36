using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.Excel;

/// <summary>Numbers as Excel holds them: doubles, of which it keeps fifteen significant digits, and days since the end of 1899.</summary>
internal static class ExcelNumber
{
    private const long Digits15 = 1_000_000_000_000_000;

    // Excel believes that 1900 was a leap year; days before March 1900 count from one day later.
    private static readonly long LeapError = new DateTime(1900, 3, 1).Ticks;
    private static readonly long FirstDay = new DateTime(1900, 1, 1).Ticks;
    private static readonly long Epoch = new DateTime(1899, 12, 30).Ticks;

    public static bool Fits(long value)
    {
        if (value is > -Digits15 and < Digits15)
        {
            return true;
        }
        while (value != 0 && value % 10 == 0)
        {
            value /= 10;
        }
        return value is > -Digits15 and < Digits15;
    }

    public static bool Fits(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        if (mantissa < (UInt128)Digits15)
        {
            return true;
        }
        while (mantissa % 10 == 0)
        {
            mantissa /= 10;
        }
        return mantissa < (UInt128)Digits15;
    }

    public static bool IsDate(long ticks) => ticks >= FirstDay;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int FormatDate(long ticks, Span<byte> target)
    {
        var sinceEpoch = ticks - Epoch - (ticks < LeapError ? TimeSpan.TicksPerDay : 0);
        return FormatDays(sinceEpoch, target);
    }

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
        // 10^12 / ticks of a day = 125 / 108
        var decimals = ((rest * 125) + 54) / 108;
        target[length++] = (byte)'.';
        Utf8Formatter.TryFormat(decimals, target[length..], out var written, new System.Buffers.StandardFormat('D', 12));
        length += written;
        while (target[length - 1] == '0')
        {
            length--;
        }
        return length;
    }
}
