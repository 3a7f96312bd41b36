using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Puts the pages of several PDFs that Skia has made one behind the other into one PDF.</summary>
/// <remarks>
/// It knows the form in which Skia writes: one cross-reference table, no object streams, no encryption, control characters in texts escaped
/// (ISO 32000-1, 7.3 and 7.5). Every object is copied as it is, but for its number and the numbers of those it refers to.
/// </remarks>
internal sealed partial class PdfJoin
{
    private const int Tree = 1;
    private const int Catalog = 2;
    private const int TailLength = 1024;
    private const int TableEntryLength = 20;

    private readonly Stream output;

    /// <summary>Where each object begins, by its number; zero for a number without an object.</summary>
    private readonly List<long> places = [0, 0, 0];
    private readonly List<int> trees = [];
    private byte[] buffer = new byte[1 << 16];
    private char[] chars = new char[1 << 10];
    private int pages;
    private int information;

    public PdfJoin(Stream output)
    {
        this.output = output;
        // the second line tells programs that carry files that this one is not text
        Write("%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n");
    }

    /// <summary>Adds the pages of a PDF. Title, author and the like are those of the first.</summary>
    /// <exception cref="InvalidDataException">It is not in the form that Skia writes.</exception>
    public void Append(Stream part)
    {
        var tail = Encoding.Latin1.GetString(Read(part, Math.Max(0, part.Length - TailLength), part.Length));
        var table = Number(TablePlace(), tail);
        var catalog = Number(RootReference(), tail);
        var about = Number(InformationReference(), tail);
        var starts = Starts(Read(part, table, part.Length));
        var order = new int[starts.Length];
        for (var number = 0; number < order.Length; number++)
        {
            order[number] = number;
        }

        Array.Sort((long[])starts.Clone(), order);
        var tree = Number(TreeReference(), Encoding.Latin1.GetString(Read(part, starts[catalog], End(Array.IndexOf(order, catalog)))));
        // the numbers of the part go on where those before it ended
        var shift = places.Count - 1;
        CollectionsMarshal.SetCount(places, places.Count + starts.Length - 1);
        for (var index = 0; index < order.Length; index++)
        {
            var number = order[index];
            if (starts[number] > 0 && number != catalog && (number != about || information == 0))
            {
                places[number + shift] = output.Position;
                Copy(Read(part, starts[number], End(index)), shift, isTree: number == tree);
            }
        }

        trees.Add(tree + shift);
        information = information == 0 ? about + shift : information;

        long End(int index) => index + 1 < order.Length ? starts[order[index + 1]] : table;
    }

    /// <summary>Writes what holds the parts together.</summary>
    public void Complete()
    {
        Begin(Tree);
        Write($"<</Type /Pages\n/Count {pages}\n/Kids [{string.Join(' ', trees.Select(tree => $"{tree} 0 R"))}]>>\nendobj\n");
        Begin(Catalog);
        Write($"<</Type /Catalog\n/Pages {Tree} 0 R>>\nendobj\n");
        var table = output.Position;
        Write($"xref\n0 {places.Count}\n");
        Span<byte> entry = stackalloc byte[TableEntryLength];
        foreach (var place in places)
        {
            (place == 0 ? "0000000000 65535 f \n"u8 : "0000000000 00000 n \n"u8).CopyTo(entry);
            Utf8Formatter.TryFormat(place, entry, out _, new StandardFormat('D', 10));
            output.Write(entry);
        }

        Write($"trailer\n<</Size {places.Count}\n/Root {Catalog} 0 R\n/Info {information} 0 R>>\nstartxref\n{table}\n%%EOF\n");
    }

    /// <summary>Copies an object: what precedes its stream with new numbers, the stream byte for byte.</summary>
    private void Copy(ReadOnlySpan<byte> content, int shift, bool isTree)
    {
        var stream = content.IndexOf(" stream\n"u8);
        var head = stream < 0 ? content : content[..stream];
        if (isTree)
        {
            pages += Number(PageCount(), Encoding.Latin1.GetString(head));
            var inside = head.IndexOf("<<"u8) + 2;
            CopyRenumbered(head[..inside], shift);
            Write($"/Parent {Tree} 0 R\n");
            head = head[inside..];
        }

        CopyRenumbered(head, shift);
        output.Write(content[(stream < 0 ? content.Length : stream)..]);
    }

    private void CopyRenumbered(ReadOnlySpan<byte> head, int shift)
    {
        if (chars.Length < head.Length)
        {
            chars = new char[head.Length];
        }

        // Latin-1 has a character for every byte, so that places are the same in both
        Encoding.Latin1.GetChars(head, chars);
        Span<byte> digits = stackalloc byte[16];
        var copied = 0;
        foreach (var match in TextOrReference().EnumerateMatches(chars.AsSpan(0, head.Length)))
        {
            if (Utf8Parser.TryParse(head[match.Index..], out int number, out var length))
            {
                output.Write(head[copied..match.Index]);
                Utf8Formatter.TryFormat(number + shift, digits, out var written);
                output.Write(digits[..written]);
                copied = match.Index + length;
            }
        }

        output.Write(head[copied..]);
    }

    /// <summary>Where the objects begin, by number; zero for a number without an object.</summary>
    private static long[] Starts(ReadOnlySpan<byte> table)
    {
        var entries = table[(table.IndexOf((byte)'\n') + 1)..];
        var starts = new long[Number(entries[(entries.IndexOf((byte)' ') + 1)..])];
        entries = entries[(entries.IndexOf((byte)'\n') + 1)..];
        for (var number = 0; number < starts.Length; number++)
        {
            starts[number] = Number(entries[(number * TableEntryLength)..]);
        }

        return starts;
    }

    private void Begin(int number)
    {
        places[number] = output.Position;
        Write($"{number} 0 obj\n");
    }

    private void Write(string text) => output.Write(Encoding.Latin1.GetBytes(text));

    /// <summary>A piece of the part; valid until the next is read.</summary>
    private ReadOnlySpan<byte> Read(Stream part, long start, long end)
    {
        var length = (int)(end - start);
        if (buffer.Length < length)
        {
            buffer = new byte[length];
        }

        part.Position = start;
        part.ReadExactly(buffer, 0, length);
        return buffer.AsSpan(0, length);
    }

    private static long Number(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out long number, out _) ? number : throw new InvalidDataException("The PDF has no number where one belongs.");

    private static int Number(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } match
            ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidDataException($"The PDF lacks what '{pattern}' finds.");

    [GeneratedRegex(@"startxref\n(?<number>\d+)\n%%EOF")]
    private static partial Regex TablePlace();

    [GeneratedRegex(@"/Root (?<number>\d+) 0 R")]
    private static partial Regex RootReference();

    [GeneratedRegex(@"/Info (?<number>\d+) 0 R")]
    private static partial Regex InformationReference();

    [GeneratedRegex(@"/Pages (?<number>\d+) 0 R")]
    private static partial Regex TreeReference();

    [GeneratedRegex(@"/Count (?<number>\d+)")]
    private static partial Regex PageCount();

    /// <summary>A text, which is left alone and begins with no digit, or the number of an object.</summary>
    [GeneratedRegex(@"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>|\b\d+ 0 (?:R|obj)\b", RegexOptions.Singleline)]
    private static partial Regex TextOrReference();
}
