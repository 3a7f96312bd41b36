using System.Buffers.Text;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>Bytes that grow at their end, and what PDF writes: numbers, names, texts.</summary>
internal sealed class PdfBytes
{
    /// <summary>What a reference has behind its number, in bytes.</summary>
    public const int BehindNumber = 4;

    private byte[] bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Room of that length at the end, to be filled.</summary>
    public Span<byte> Take(int length)
    {
        if (bytes.Length < Length + length)
        {
            Array.Resize(ref bytes, Math.Max(Length + length, bytes.Length * 2));
        }

        var room = bytes.AsSpan(Length, length);
        Length += length;
        return room;
    }

    /// <summary>Takes back so many bytes at the end.</summary>
    public void GiveBack(int length) => Length -= length;

    public PdfBytes Add(ReadOnlySpan<byte> part)
    {
        part.CopyTo(Take(part.Length));
        return this;
    }

    public PdfBytes Add(byte part)
    {
        Take(1)[0] = part;
        return this;
    }

    public PdfBytes Add(long number)
    {
        var room = Take(20);
        Utf8Formatter.TryFormat(number, room, out var written);
        Length -= 20 - written;
        return this;
    }

    /// <summary>A number given in hundredths, without needless digits.</summary>
    public PdfBytes AddHundredths(int hundredths)
    {
        if (hundredths < 0)
        {
            Add((byte)'-');
            hundredths = -hundredths;
        }

        var (whole, rest) = Math.DivRem(hundredths, 100);
        if (whole > 0 || rest == 0)
        {
            Add(whole);
        }

        if (rest > 0)
        {
            Add((byte)'.').Add((byte)('0' + (rest / 10)));
            if (rest % 10 > 0)
            {
                Add((byte)('0' + (rest % 10)));
            }
        }

        return this;
    }

    public PdfBytes Add(float number) => AddHundredths((int)MathF.Round(number * 100));

    /// <summary>A reference to an object.</summary>
    public PdfBytes AddReference(int number) => Add(number).Add(" 0 R"u8);

    /// <summary>A number at the right of some room, spaces before it.</summary>
    public static void Pad(Span<byte> room, int number)
    {
        var (place, rest) = (room.Length, (uint)number);
        do
        {
            var tenth = rest / 10;
            room[--place] = (byte)('0' + (rest - (tenth * 10)));
            rest = tenth;
        }
        while (rest > 0);
        room[..place].Fill((byte)' ');
    }

    /// <summary>A reference to an object, its number at the right of so many digits.</summary>
    public static void PadReference(Span<byte> room, int digits, int number)
    {
        Pad(room[..digits], number);
        " 0 R"u8.CopyTo(room[digits..]);
    }

    /// <summary>A name, its slash included; what a name cannot have is escaped.</summary>
    public PdfBytes AddName(string name)
    {
        Add((byte)'/');
        foreach (var part in System.Text.Encoding.UTF8.GetBytes(name))
        {
            if (part is > (byte)' ' and < 0x7F && !"()<>[]{}/%#"u8.Contains(part))
            {
                Add(part);
            }
            else
            {
                Add((byte)'#').Add(Hex(part >> 4)).Add(Hex(part & 0xF));
            }
        }

        return this;
    }

    /// <summary>A text as UTF-16, in hexadecimal digits.</summary>
    public PdfBytes AddText(ReadOnlySpan<char> text)
    {
        Add("<FEFF"u8);
        AddUtf16(text);
        return Add((byte)'>');
    }

    /// <summary>The UTF-16 of a text in hexadecimal digits, nothing round it.</summary>
    public PdfBytes AddUtf16(ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            AddHex(unit);
        }

        return this;
    }

    public PdfBytes AddHex(byte part) => Add(Hex(part >> 4)).Add(Hex(part & 0xF));

    public PdfBytes AddHex(ushort unit) =>
        Add(Hex(unit >> 12)).Add(Hex((unit >> 8) & 0xF)).Add(Hex((unit >> 4) & 0xF)).Add(Hex(unit & 0xF));

    /// <summary>A byte of a string in parentheses.</summary>
    public PdfBytes AddEscaped(byte part)
    {
        switch (part)
        {
            case (byte)'(' or (byte)')' or (byte)'\\': return Add((byte)'\\').Add(part);
            case (byte)'\r': return Add("\\r"u8);
            case (byte)'\n': return Add("\\n"u8);
            default: return Add(part);
        }
    }

    private static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'A' - 10 + digit);
}
