using System.Buffers.Text;
using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>Growing UTF-8 bytes.</summary>
internal sealed class XmlBuffer
{
    private byte[] bytes = new byte[1 << 12];

    public int Length { get; set; }

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    /// <summary>Room for at least this many bytes behind the last; <see cref="Length"/> says how many were used.</summary>
    public Span<byte> Room(int count)
    {
        if (bytes.Length - Length < count)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        }
        return bytes.AsSpan(Length);
    }

    public XmlBuffer Add(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Length += value.Length;
        return this;
    }

    public XmlBuffer Add(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        Length += written;
        return this;
    }

    /// <summary>Text that is XML already.</summary>
    public XmlBuffer AddXml(string xml)
    {
        Length += Encoding.UTF8.GetBytes(xml, Room(Encoding.UTF8.GetMaxByteCount(xml.Length)));
        return this;
    }

    public override string ToString() => Encoding.UTF8.GetString(Span);
}
