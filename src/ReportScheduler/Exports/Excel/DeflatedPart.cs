namespace ReportScheduler.Exports.Excel;

/// <summary>A small part of a package, deflated.</summary>
/// <param name="Bytes">Deflated, to the end of the stream.</param>
/// <param name="Crc">Of what it was.</param>
/// <param name="Length">Of what it was, in bytes.</param>
internal sealed record DeflatedPart(byte[] Bytes, uint Crc, int Length)
{
    public static DeflatedPart Of(ReadOnlySpan<byte> plain)
    {
        using var deflated = new MemoryStream();
        Deflater.Deflate(plain, deflated);
        deflated.Write(Deflater.End);
        return new DeflatedPart(deflated.ToArray(), Excel.Crc.Of(plain), plain.Length);
    }
}
