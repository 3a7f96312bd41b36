using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ReportScheduler.Rows;

/// <summary>Counts the different values of a column. Of each it keeps eight bytes, so that a million take some 40 MB.</summary>
/// <remarks>1, 1.0 and 1.00 are one value, as in SQL; texts differ by every character. NULL does not count.</remarks>
internal sealed class DistinctValues
{
    /// <summary>The most different values that are counted.</summary>
    public const int Limit = 5_000_000;

    private readonly HashSet<ulong> hashes = [];

    public int Count => hashes.Count;

    /// <param name="cell">The value.</param>
    /// <param name="column">The column, as an error names it.</param>
    /// <exception cref="ReportException">TooManyDistinctValues.</exception>
    public void Add(in Cell cell, string column)
    {
        if (cell.Kind != CellKind.Null && hashes.Add(Hash(cell)) && hashes.Count > Limit)
        {
            throw RowErrors.TooManyDistinctValues(column, Limit);
        }
    }

    public void Add(DistinctValues others) => hashes.UnionWith(others.hashes);

    public void Clear() => hashes.Clear();

    /// <summary>A number that two different values share about never: of a million
    /// values, with a probability of one to thirty million.</summary>
    public static ulong Hash(in Cell cell) => cell.Kind switch
    {
        CellKind.Text or CellKind.Json => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(cell.Text.AsSpan()), (long)CellKind.Text),
        CellKind.Binary => XxHash3.HashToUInt64(cell.Binary, (long)CellKind.Binary),
        CellKind.Guid => Hash(CellKind.Guid, cell.Guid),
        CellKind.Decimal or CellKind.Double => HashNumber(PlainNumber.Of(cell)),
        CellKind.Date or CellKind.DateTime => Hash(CellKind.Date, cell.Int64),
        CellKind.DateTimeOffset => Hash(CellKind.Date, cell.DateTimeOffset.UtcTicks),
        _ => Hash(cell.Kind, cell.Int64),
    };

    private static ulong Hash(CellKind kind, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return XxHash3.HashToUInt64(bytes, (long)kind);
    }

    private static ulong Hash(CellKind kind, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        return XxHash3.HashToUInt64(bytes, (long)kind);
    }

    private static ulong HashNumber(in Cell number)
    {
        if (number.Kind != CellKind.Decimal)
        {
            return Hash(number.Kind, number.Int64);
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number.Decimal, bits);
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(bits), (long)CellKind.Decimal);
    }
}
