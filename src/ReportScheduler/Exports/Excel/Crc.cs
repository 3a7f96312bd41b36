using System.IO.Hashing;
using System.Numerics;

namespace ReportScheduler.Exports.Excel;

/// <summary>The checksum of a zip entry whose pieces are summed on several threads.</summary>
internal static class Crc
{
    private const uint Polynomial = 0xEDB88320;

    public static uint Of(ReadOnlySpan<byte> bytes) => Crc32.HashToUInt32(bytes);

    /// <summary>The sum of two pieces one after the other.</summary>
    /// <param name="first">The sum of the first piece.</param>
    /// <param name="second">The sum of the second piece.</param>
    /// <param name="length">How many bytes the second piece has.</param>
    public static uint Combine(uint first, uint second, long length) => Multiply(PowerOfX(length), first) ^ second;

    // x^(8 n) modulo the polynomial, by squaring; bit 31 is the coefficient of x^0.
    private static uint PowerOfX(long bytes)
    {
        var power = 1u << 31;
        var square = 1u << 23;
        for (; bytes != 0; bytes >>= 1)
        {
            if ((bytes & 1) != 0)
            {
                power = Multiply(square, power);
            }

            square = Multiply(square, square);
        }

        return power;
    }

    private static uint Multiply(uint a, uint b)
    {
        var product = 0u;
        for (; a != 0; a = BitOperations.RotateLeft(a & 0x7FFFFFFF, 1))
        {
            if ((a & 0x80000000) != 0)
            {
                product ^= b;
            }

            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }

        return product;
    }
}
