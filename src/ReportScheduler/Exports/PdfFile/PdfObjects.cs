namespace ReportScheduler.Exports.PdfFile;

/// <summary>The objects of a PDF on their way into its file: their numbers, where
/// each stands, and the table that says so at the end.</summary>
/// <remarks>ISO 32000-1, 7.5. Nothing that was written is kept, but the places of some
/// objects; those of table cells are kept by the thousand.</remarks>
internal sealed class PdfObjects : IDisposable
{
    /// <summary>What an object stream holds of small objects of any kind.</summary>
    private const int ObjectsOfStream = 100;

    /// <summary>Up to here size counts more than time: short reports are mailed.</summary>
    private const int SmallFile = 1 << 18;

    /// <summary>Of the table's length.</summary>
    private const int DigitsOfLength = 10;

    private readonly Stream file;
    private readonly MemoryStream compressed = new();
    private readonly StreamWorker worker = new();
    private readonly PdfBytes head = new();
    private readonly ObjectTable table = new();
    private readonly Stack<int> spare = new();
    private readonly PdfBytes small = new();
    private readonly PdfBytes whole = new();
    private readonly PdfBytes entriesOfStream = new();
    private readonly List<(int Number, int Offset)> places = [];
    private long position;
    private int last;

    public PdfObjects(Stream file)
    {
        this.file = file;
        // a comment of bytes above 127 says that the file is not text
        Write("%PDF-1.7\n"u8);
        Write([(byte)'%', 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
    }

    /// <summary>How many digits the number of an object has at most, up to a few thousand objects from here.</summary>
    public int Digits => last switch
    {
        < 50_000 => 5,
        < 900_000 => 6,
        < 9_000_000 => 7,
        _ => 10,
    };

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve() => spare.TryPop(out var number) ? number : ++last;

    /// <summary>The first of so many numbers in a row.</summary>
    public int Reserve(int count)
    {
        last += count;
        return last - count + 1;
    }

    /// <summary>Takes back numbers that were not used.</summary>
    public void GiveBack(int first, int count)
    {
        for (var number = first + count - 1; number >= first; number--)
        {
            spare.Push(number);
        }
    }

    /// <summary>Writes an object that is no stream; it goes into a stream of objects.</summary>
    public void WriteObject(int number, ReadOnlySpan<byte> body)
    {
        places.Add((number, small.Length));
        small.Add(body).Add((byte)'\n');
        if (places.Count == ObjectsOfStream)
        {
            FlushObjects();
        }
    }

    /// <summary>Writes a stream, compressed.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="entries">Of its dictionary, but length and filter.</param>
    /// <param name="data">Its bytes.</param>
    public void WriteStream(int number, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> data)
    {
        // how long a small file is has to be known before each of its streams
        if (position < SmallFile)
        {
            Flate.Compress(data, compressed, isThorough: true);
            WriteRawStream(number, entries, CompressedFilter, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
            return;
        }

        if (worker.IsFull)
        {
            WriteOldest();
        }

        worker.Add(number, entries, data);
    }

    /// <summary>Writes a stream that is compressed already, or need not be.</summary>
    public void WriteRawStream(int number, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> filter, ReadOnlySpan<byte> data)
    {
        table.Add(number, position);
        head.Clear();
        head.Add(number).Add(" 0 obj\n<<"u8).Add(entries).Add(filter).Add("/Length "u8).Add(data.Length).Add(">>stream\n"u8);
        Write(head.Span);
        Write(data);
        Write("\nendstream\nendobj\n"u8);
    }

    /// <summary>Writes the streams that are still being compressed.</summary>
    /// <returns>How long the file is then, in bytes.</returns>
    public long WriteWaiting()
    {
        FlushObjects();
        while (!worker.IsEmpty)
        {
            WriteOldest();
        }

        return position;
    }

    /// <summary>Notes that a run of objects stands in an object stream, one behind the other.</summary>
    public void Note(int first, int count, int stream, int place) => table.Add(first, count, stream, place);

    /// <summary>Writes the table of the objects and what a reader starts from.</summary>
    /// <param name="catalog">The object that all others hang on.</param>
    /// <param name="information">The document information.</param>
    /// <param name="id">Of the file: sixteen bytes.</param>
    public void End(int catalog, int information, ReadOnlySpan<byte> id)
    {
        WriteWaiting();
        foreach (var number in spare)
        {
            table.AddFree(number);
        }

        var start = position;
        var own = ++last;
        table.Add(own, start);
        var entries = new PdfBytes();
        entries.Add("/Type/XRef/Size "u8).Add(last + 1).Add("/Root "u8).AddReference(catalog).Add("/Info "u8).AddReference(information)
            .Add("/ID["u8);
        for (var time = 0; time < 2; time++)
        {
            entries.Add((byte)'<').Add(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(id))).Add((byte)'>');
        }

        entries.Add("]/W[1 5 2]/DecodeParms<</Predictor 12/Columns 8>>"u8);
        // the object that holds the table is the last one, so that its own place is in it
        WriteTable(own, entries.Span, isThorough: start < SmallFile);
        head.Clear();
        Write(head.Add("startxref\n"u8).Add(start).Add("\n%%EOF\n"u8).Span);
        file.Flush();
    }

    public void Dispose()
    {
        worker.Dispose();
        compressed.Dispose();
    }

    /// <summary>Writes the table straight into the file, and then how long it is before it.</summary>
    /// <remarks>Nothing else of a report grows with its rows.</remarks>
    private void WriteTable(int number, ReadOnlySpan<byte> entries, bool isThorough)
    {
        head.Clear();
        head.Add(number).Add(" 0 obj\n<<"u8).Add(entries).Add(CompressedFilter).Add("/Length "u8);
        var placeOfLength = file.Position + head.Length;
        Span<byte> length = stackalloc byte[DigitsOfLength];
        length.Fill((byte)' ');
        Write(head.Add(length).Add(">>stream\n"u8).Span);
        var begin = file.Position;
        using (var deflate = Flate.Into(file, isThorough))
        {
            table.WriteTo(deflate, last);
        }

        var end = file.Position;
        PdfBytes.Pad(length, checked((int)(end - begin)));
        file.Position = placeOfLength;
        file.Write(length);
        file.Position = end;
        Write("\nendstream\nendobj\n"u8);
    }

    private static ReadOnlySpan<byte> CompressedFilter => "/Filter/FlateDecode"u8;

    private void WriteOldest()
    {
        var oldest = worker.Take();
        WriteRawStream(oldest.Number, oldest.Entries, CompressedFilter, oldest.Bytes);
    }

    private void FlushObjects()
    {
        if (places.Count == 0)
        {
            return;
        }

        var stream = Reserve();
        whole.Clear();
        for (var place = 0; place < places.Count; place++)
        {
            table.Add(places[place].Number, 1, stream, place);
            whole.Add(places[place].Number).Add((byte)' ').Add(places[place].Offset).Add((byte)' ');
        }

        var first = whole.Length;
        whole.Add(small.Span);
        entriesOfStream.Clear();
        entriesOfStream.Add("/Type/ObjStm/N "u8).Add(places.Count).Add("/First "u8).Add(first);
        WriteStream(stream, entriesOfStream.Span, whole.Span);
        places.Clear();
        small.Clear();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        position += bytes.Length;
    }
}
