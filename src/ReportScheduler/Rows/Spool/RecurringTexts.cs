using System.Runtime.InteropServices;
using System.Text;

namespace ReportScheduler.Rows.Spool;

/// <summary>The short texts that come again and again in rows that are read back: one string stands for all that are alike.</summary>
/// <remarks>Names of products and regions do. A column whose texts hardly come again is left.</remarks>
/// <param name="columns">How many columns a row has.</param>
internal sealed class RecurringTexts(int columns)
{
    private readonly Column?[] known = new Column?[columns];

    /// <param name="column">The column, from 0.</param>
    /// <param name="ascii">The characters of a text, a byte each.</param>
    public string Of(int column, ReadOnlySpan<byte> ascii) => (known[column] ??= new Column()).Of(ascii);

    private sealed class Column
    {
        private const int Longest = 64;
        private const int Bits = 8;
        private const int Trial = 1_000;
        private const ulong Factor = 0x9E3779B97F4A7C15;

        private string?[]? places = new string?[1 << Bits];
        private long tries;
        private long hits;

        public string Of(ReadOnlySpan<byte> ascii)
        {
            if (places is not { } all || ascii.Length > Longest)
            {
                return Encoding.ASCII.GetString(ascii);
            }

            tries++;
            ref var place = ref all[Place(ascii)];
            if (place is { } text && Ascii.Equals(ascii, text))
            {
                hits++;
                return text;
            }

            place = Encoding.ASCII.GetString(ascii);
            var made = place;
            if (tries >= Trial && hits < tries / 2)
            {
                places = null;
            }

            return made;
        }

        private static int Place(ReadOnlySpan<byte> ascii)
        {
            var hash = (ulong)ascii.Length;
            for (; ascii.Length >= sizeof(ulong); ascii = ascii[sizeof(ulong)..])
            {
                hash = (hash ^ MemoryMarshal.Read<ulong>(ascii)) * Factor;
                hash ^= hash >> 32;
            }

            foreach (var letter in ascii)
            {
                hash = (hash ^ letter) * Factor;
            }

            return (int)(hash >> (64 - Bits));
        }
    }
}
