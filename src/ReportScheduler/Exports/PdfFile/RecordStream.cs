using System.Numerics;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>An object stream of objects that are alike, each in so many rows of one width.</summary>
/// <remarks>
/// Written as what differs from the row above (the predictor that PNG calls Up), next to nothing is left of them: a table cell takes a byte
/// or two in the file, where it took eight.
/// </remarks>
/// <param name="objects">Takes the streams.</param>
internal sealed class RecordStream(PdfObjects objects)
{
    private const int MostBytes = 1 << 17;
    private const int DigitsOfOffset = 6;

    private readonly PdfBytes bodies = new();
    private readonly List<(int Number, int Offset)> places = [];
    private readonly PdfBytes whole = new();
    private readonly PdfBytes differences = new();
    private int width;

    /// <summary>Of a row, in bytes. Another width begins another stream.</summary>
    public int Width
    {
        get => width;
        set
        {
            if (value != width)
            {
                Flush();
                width = value;
            }
        }
    }

    /// <summary>Room for the next object: a multiple of the width.</summary>
    public Span<byte> Take(int number, int length)
    {
        if (bodies.Length > 0 && bodies.Length + length > MostBytes)
        {
            Flush();
        }

        places.Add((number, bodies.Length));
        return bodies.Take(length);
    }

    public void Flush()
    {
        if (places.Count == 0)
        {
            return;
        }

        var stream = objects.Reserve();
        var digits = objects.Digits;
        var pairWidth = digits + 1 + DigitsOfOffset + 1;
        // as many as go into ten, so that the numbers of a row differ from those above in as few digits
        var pairsOfRow = (width / pairWidth) switch { >= 10 => 10, >= 5 => 5, >= 2 => 2, _ => 1 };
        var first = (places.Count + pairsOfRow - 1) / pairsOfRow * width;
        whole.Clear();
        var all = whole.Take(first + bodies.Length);
        all[..first].Fill((byte)' ');
        for (var place = 0; place < places.Count; place++)
        {
            var (number, offset) = places[place];
            var room = all.Slice((place / pairsOfRow * width) + (place % pairsOfRow * pairWidth), pairWidth);
            PdfBytes.Pad(room[..digits], number);
            PdfBytes.Pad(room[(digits + 1)..^1], offset);
            objects.Note(number, 1, stream, place);
        }

        bodies.Span.CopyTo(all[first..]);
        var entries = new PdfBytes();
        entries.Add("/Type/ObjStm/N "u8).Add(places.Count).Add("/First "u8).Add(first).Add("/DecodeParms<</Predictor 12/Columns "u8)
            .Add(width).Add(">>"u8);
        objects.WriteStream(stream, entries.Span, Differences(all).Span);
        places.Clear();
        bodies.Clear();
    }

    private PdfBytes Differences(ReadOnlySpan<byte> all)
    {
        differences.Clear();
        for (var row = 0; row < all.Length; row += width)
        {
            var target = differences.Take(width + 1);
            target[0] = 2;
            var below = all.Slice(row, width);
            var above = row == 0 ? default : all.Slice(row - width, width);
            if (above.IsEmpty)
            {
                below.CopyTo(target[1..]);
                continue;
            }

            var place = 0;
            for (; place <= width - Vector<byte>.Count; place += Vector<byte>.Count)
            {
                (new Vector<byte>(below[place..]) - new Vector<byte>(above[place..])).CopyTo(target[(place + 1)..]);
            }

            for (; place < width; place++)
            {
                target[place + 1] = (byte)(below[place] - above[place]);
            }
        }

        return differences;
    }
}
