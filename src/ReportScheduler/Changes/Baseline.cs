using System.IO.Compression;
using ReportScheduler.Files;

namespace ReportScheduler.Changes;

/// <summary>The last result that was delivered: its rows in a file, and the keys of each dataset in memory.</summary>
internal sealed class Baseline : IBaseline, IDisposable
{
    private readonly FileStream rows;
    private readonly BinaryReader reader;
    private readonly Dictionary<string, (BaselineHead Head, KeyIndex Keys)> datasets = new(StringComparer.OrdinalIgnoreCase);

    private Baseline(string rowsPath)
    {
        rows = PrivateFile.Open(rowsPath, FileMode.Create, FileShare.None);
        reader = new BinaryReader(rows);
    }

    /// <summary>Reads what <see cref="BaselineWriter"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rowsPath">A file for its rows; it is removed with this.</param>
    /// <returns>Null for a file that cannot be read: then there is nothing to compare with.</returns>
    public static Baseline? Open(string path, string rowsPath)
    {
        var baseline = new Baseline(rowsPath);
        try
        {
            baseline.Read(path);
            return baseline;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or FormatException or ArgumentException
            or OverflowException)
        {
            baseline.Dispose();
            return null;
        }
    }

    /// <summary>The keys of a dataset; null where it was not there, or had other columns or another key.</summary>
    public KeyIndex? Keys(BaselineHead head) =>
        datasets.TryGetValue(head.Name, out var found) && found.Head.IsLike(head) ? found.Keys : null;

    /// <summary>The cells of a row.</summary>
    public byte[] Row(long place)
    {
        rows.Position = place;
        return reader.ReadBytes(reader.ReadInt32());
    }

    public void Dispose()
    {
        reader.Dispose();
        File.Delete(rows.Name);
    }

    private void Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var counts = new long[BaselineWriter.Counts];
        using (var numbers = new BinaryReader(file, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] = numbers.ReadInt64();
            }
        }

        using var packed = new BinaryReader(new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 1 << 16));
        var kept = new BufferedStream(rows, 1 << 16);
        using var writer = new BinaryWriter(kept, System.Text.Encoding.UTF8, leaveOpen: true);
        var place = 0L;
        for (var i = 0; packed.ReadBoolean(); i++)
        {
            var head = BaselineHead.Read(packed);
            // a number that was not written by us must not take all memory
            var keys = new KeyIndex(i < counts.Length ? Math.Clamp(counts[i], 0, file.Length) : 0);
            using var hash = new RowHash(head.Columns.Length, head.Keys);
            for (var length = packed.ReadInt32(); length >= 0; length = packed.ReadInt32())
            {
                var row = packed.ReadBytes(length);
                keys.AddOld(hash.OfKey(row), RowHash.OfRow(row), place);
                writer.Write(length);
                writer.Write(row);
                place += sizeof(int) + length;
            }

            datasets[head.Name] = (head, keys);
        }

        writer.Flush();
        kept.Flush();
    }
}
