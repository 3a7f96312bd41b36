using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>Growing UTF-8 bytes.</summary>
internal sealed class XmlBuffer
{
    private byte[] bytes = new byte[1 << 12];

    public int Length { get; set; }

    public int Capacity => bytes.Length;

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    /// <summary>Room for at least this many bytes behind the last; <see cref="Length"/> says how many were used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Room(int count)
    {
        if (bytes.Length - Length < count)
        {
            Grow(count);
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
        // the most that it could take is three times as much, and each workbook of hundreds would have room for it
        Length += Encoding.UTF8.GetBytes(xml, Room(Encoding.UTF8.GetByteCount(xml)));
        return this;
    }

    /// <summary>Puts bytes before others that are there already.</summary>
    public void Insert(int place, ReadOnlySpan<byte> value)
    {
        Room(value.Length);
        bytes.AsSpan(place, Length - place).CopyTo(bytes.AsSpan(place + value.Length));
        value.CopyTo(bytes.AsSpan(place));
        Length += value.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count) => Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));

    public override string ToString() => Encoding.UTF8.GetString(Span);
}
