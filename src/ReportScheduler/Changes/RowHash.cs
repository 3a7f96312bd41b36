using System.IO.Hashing;
using ReportScheduler.Rows;

namespace ReportScheduler.Changes;

/// <summary>Hashes of rows and of their keys.</summary>
/// <param name="columns">How many columns a row has.</param>
/// <param name="keys">Which of them are the key.</param>
internal sealed class RowHash(int columns, IReadOnlyList<int> keys) : IDisposable
{
    private readonly Cell[] cells = new Cell[columns];
    private readonly MemoryStream key = new();

    public static ulong OfRow(ReadOnlySpan<byte> row) => XxHash3.HashToUInt64(row);

    public UInt128 OfKey(byte[] row)
    {
        Read(row, cells);
        return OfKey(cells);
    }

    public UInt128 OfKey(ReadOnlySpan<Cell> row)
    {
        key.SetLength(0);
        using (var writer = new BinaryWriter(key, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            foreach (var column in keys)
            {
                CellBytes.WriteValue(writer, WrittenNumber.Of(row[column]));
            }
        }

        return XxHash128.HashToUInt128(key.GetBuffer().AsSpan(0, (int)key.Length));
    }

    public void Dispose() => key.Dispose();

    public static void Read(byte[] row, Span<Cell> cells)
    {
        using var reader = new BinaryReader(new MemoryStream(row));
        foreach (ref var cell in cells)
        {
            CellBytes.Read(reader, ref cell);
        }
    }
}
