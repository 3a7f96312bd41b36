using System.Numerics;
using System.Runtime.CompilerServices;

namespace ReportScheduler.Rows;

/// <summary>A sum of integers and decimals without any rounding, however many there are.</summary>
internal sealed class ExactSum
{
    // Beyond it the quick part is moved to the other one: a decimal has 96 bits, and a thousand of them do not reach the 127th.
    private static Int128 QuickLimit => new(1UL << 52, 0);

    // 96 bits times this stay below 127 bits.
    private const int QuickDigits = 9;

    private static ReadOnlySpan<long> Powers => [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    private Int128 quick;
    private BigInteger large;

    /// <summary>How many digits stand behind the decimal mark of the number that has most.</summary>
    public int Scale { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long value)
    {
        if (Scale <= QuickDigits)
        {
            AddQuick((Int128)value * Powers[Scale]);
        }
        else
        {
            large += value * BigInteger.Pow(10, Scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = (Int128)new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        digits = bits[3] < 0 ? -digits : digits;
        if (value.Scale == Scale)
        {
            AddQuick(digits);
        }
        else
        {
            Add(digits, value.Scale);
        }
    }

    /// <param name="digits">All digits of the number.</param>
    /// <param name="scale">How many of them stand behind the decimal mark.</param>
    public void Add(BigInteger digits, int scale)
    {
        MakeRoom(scale);
        large += digits * BigInteger.Pow(10, Scale - scale);
    }

    public void Add(ExactSum other) => Add(other.large + (BigInteger)other.quick, other.Scale);

    public void Clear() => (quick, large, Scale) = (0, 0, 0);

    /// <summary>The sum as a decimal; digits that it has no room for behind the decimal mark are rounded away.</summary>
    /// <returns>False when the whole part is too long.</returns>
    public bool TryGet(out decimal sum)
    {
        var digits = large + (BigInteger)quick;
        var scale = Scale;
        while (scale > 0 && (scale > 28 || BigInteger.Abs(digits).GetBitLength() > 96))
        {
            var drop = Math.Clamp((int)((BigInteger.Abs(digits).GetBitLength() - 96) * 0.301), 1, scale);
            var divisor = BigInteger.Pow(10, drop);
            digits = (digits + ((digits.Sign < 0 ? -divisor : divisor) / 2)) / divisor;
            scale -= drop;
        }

        if (BigInteger.Abs(digits).GetBitLength() > 96)
        {
            sum = 0;
            return false;
        }

        var bits = (UInt128)BigInteger.Abs(digits);
        sum = new decimal((int)(uint)bits, (int)(uint)(bits >> 32), (int)(uint)(bits >> 64), digits.Sign < 0, (byte)scale);
        return true;
    }

    public double ToDouble() => (double)(large + (BigInteger)quick) / Math.Pow(10, Scale);

    private void Add(Int128 digits, int scale)
    {
        MakeRoom(scale);
        if (Scale - scale <= QuickDigits)
        {
            AddQuick(digits * Powers[Scale - scale]);
        }
        else
        {
            large += (BigInteger)digits * BigInteger.Pow(10, Scale - scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddQuick(Int128 digits)
    {
        if (!IsQuick(quick))
        {
            large += (BigInteger)quick;
            quick = 0;
        }

        if (IsQuick(digits))
        {
            quick += digits;
        }
        else
        {
            large += (BigInteger)digits;
        }
    }

    private static bool IsQuick(Int128 digits) => digits >= -QuickLimit && digits <= QuickLimit;

    private void MakeRoom(int scale)
    {
        if (scale > Scale)
        {
            large = (large + (BigInteger)quick) * BigInteger.Pow(10, scale - Scale);
            quick = 0;
            Scale = scale;
        }
    }
}
