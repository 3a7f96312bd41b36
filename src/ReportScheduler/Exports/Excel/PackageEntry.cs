namespace ReportScheduler.Exports.Excel;

/// <summary>What the zip directory says about a part.</summary>
internal sealed class PackageEntry(byte[] name, long offset)
{
    public byte[] Name => name;

    public long Offset => offset;

    public uint Crc { get; set; }

    public long Length { get; set; }

    public long DeflatedLength { get; set; }

    /// <summary>The local header has room for sizes of eight bytes.</summary>
    public bool HasRoom { get; init; }
}
