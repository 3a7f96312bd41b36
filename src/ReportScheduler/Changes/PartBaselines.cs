using System.IO.Compression;
using ReportScheduler.Files;
using ReportScheduler.Rows;

namespace ReportScheduler.Changes;

/// <summary>The last result of each part of a split report that its readers got.</summary>
/// <remarks>A kept result has the rows of a part as they were in its run and, where they differ, those that they were compared with. The
/// first count when the part was delivered, and the others when it was not. The keys of one part are in memory at a time.</remarks>
internal sealed class PartBaselines : IDisposable
{
    private readonly FileStream rows;
    private readonly BinaryReader reader;
    private readonly string splitBy;
    private readonly Dictionary<string, List<KeptSection>> now = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<KeptSection>> before = new(StringComparer.Ordinal);
    private readonly HashSet<string> same = new(StringComparer.Ordinal);
    private readonly HashSet<string> kept = new(StringComparer.Ordinal);

    private PartBaselines(string rowsPath, string splitBy)
    {
        this.splitBy = splitBy;
        rows = PrivateFile.Open(rowsPath, FileMode.Create, FileShare.None);
        reader = new BinaryReader(rows);
    }

    /// <summary>Reads the kept result of a split report.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rowsPath">A file for its rows; it is removed with this.</param>
    /// <param name="splitBy">The column that the report is split by.</param>
    /// <param name="undelivered">The keys of the parts that nobody got.</param>
    /// <returns>Null for a file with nothing to compare parts with.</returns>
    public static PartBaselines? Open(string path, string rowsPath, string splitBy, IEnumerable<string> undelivered)
    {
        var baselines = new PartBaselines(rowsPath, splitBy);
        try
        {
            baselines.Read(path);
            if (baselines.now.Count > 0)
            {
                baselines.Choose(undelivered);
                return baselines;
            }
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or FormatException or ArgumentException
            or OverflowException)
        {
        }

        baselines.Dispose();
        return null;
    }

    /// <summary>The parts that had rows.</summary>
    public IEnumerable<string> Keys => now.Where(part => part.Value.Exists(section => section.Count > 0)).Select(part => part.Key);

    /// <summary>What a part is compared with; of a part that was not there, nothing.</summary>
    public IBaseline Of(string key) => new PartBaseline(this, now.GetValueOrDefault(key));

    /// <summary>The first row that a part had, and the dataset that it is of.</summary>
    public (BaselineHead Head, byte[] Row) First(string key)
    {
        var section = now[key].First(section => section.Count > 0);
        return (section.Head, Row(section.Start));
    }

    /// <summary>Whether all rows that a part had are such ones.</summary>
    /// <param name="key">The part.</param>
    /// <param name="which">Gives for a dataset what finds them; null for none.</param>
    public bool HasOnly(string key, Func<string, Func<IReadOnlyList<Cell>, bool>?> which) =>
        now[key].TrueForAll(section => section.Count == 0 || (which(section.Head.Name) is { } find && RowsOf(section).All(each =>
        {
            var cells = new Cell[section.Head.Columns.Length];
            RowHash.Read(each.Row, cells);
            return find(cells);
        })));

    /// <summary>Writes what a part was compared with once more.</summary>
    /// <param name="key">The part.</param>
    /// <param name="role">As what.</param>
    /// <param name="writer">Where to.</param>
    public void Copy(string key, PartSectionRole role, BaselineWriter writer)
    {
        foreach (var section in now.GetValueOrDefault(key) ?? [])
        {
            writer.Begin(section.Head with
            {
                Name = new PartSectionName(role, splitBy, section.Head.Name, key).ToString(),
            });
            foreach (var (_, row) in RowsOf(section))
            {
                writer.Add(row);
            }

            writer.End();
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        File.Delete(rows.Name);
    }

    private byte[] Row(long place)
    {
        rows.Position = place;
        return reader.ReadBytes(reader.ReadInt32());
    }

    private IEnumerable<(long Place, byte[] Row)> RowsOf(KeptSection section)
    {
        var place = section.Start;
        for (var i = 0L; i < section.Count; i++)
        {
            var row = Row(place);
            yield return (place, row);
            place += sizeof(int) + row.Length;
        }
    }

    private void Choose(IEnumerable<string> undelivered)
    {
        foreach (var key in kept.Concat(undelivered).Where(key => !same.Contains(key)))
        {
            now.Remove(key);
            if (before.TryGetValue(key, out var sections))
            {
                now[key] = sections;
            }
        }
    }

    private void Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        file.Position = BaselineWriter.HeadLength;
        using var packed = new BinaryReader(new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 1 << 16));
        var spool = new BufferedStream(rows, 1 << 16);
        using var writer = new BinaryWriter(spool, System.Text.Encoding.UTF8, leaveOpen: true);
        var place = 0L;
        while (packed.ReadBoolean())
        {
            var head = BaselineHead.Read(packed);
            var (start, count) = (place, 0L);
            for (var length = packed.ReadInt32(); length >= 0; length = packed.ReadInt32(), count++)
            {
                writer.Write(length);
                writer.Write(packed.ReadBytes(length));
                place += sizeof(int) + length;
            }

            Add(head, start, count);
        }

        writer.Flush();
        spool.Flush();
    }

    private void Add(BaselineHead head, long start, long count)
    {
        if (PartSectionName.Read(head.Name) is not { } name || !name.SplitBy.Equals(splitBy, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        switch (name.Role)
        {
            case PartSectionRole.Now or PartSectionRole.Before:
                var parts = name.Role == PartSectionRole.Now ? now : before;
                if (!parts.TryGetValue(name.Key, out var sections))
                {
                    parts[name.Key] = sections = [];
                }

                sections.Add(new KeptSection(head with { Name = name.Dataset }, start, count));
                break;
            case PartSectionRole.Same:
                same.Add(name.Key);
                break;
            case PartSectionRole.Kept:
                kept.Add(name.Key);
                break;
        }
    }

    /// <summary>What one part is compared with.</summary>
    private sealed class PartBaseline(PartBaselines all, List<KeptSection>? sections) : IBaseline
    {
        public KeyIndex? Keys(BaselineHead head)
        {
            if (sections is null)
            {
                // all its rows are new
                return new KeyIndex(0);
            }

            var section = sections.Find(other => other.Head.Name.Equals(head.Name, StringComparison.OrdinalIgnoreCase));
            if (section is null || !section.Head.IsLike(head))
            {
                return null;
            }

            var keys = new KeyIndex(section.Count);
            using var hash = new RowHash(head.Columns.Length, head.Keys);
            foreach (var (place, row) in all.RowsOf(section))
            {
                keys.AddOld(hash.OfKey(row), RowHash.OfRow(row), place);
            }

            return keys;
        }

        public byte[] Row(long place) => all.Row(place);
    }
}
