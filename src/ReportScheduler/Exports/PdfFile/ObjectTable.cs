using System.Buffers.Binary;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>Where each object of a PDF stands. Objects that follow each other in an object
/// stream are one entry, so that it does not grow with them.</summary>
internal sealed class ObjectTable
{
    private const int Width = 8;
    private const byte Free = 0;
    private const byte InFile = 1;
    private const byte InStream = 2;
    private const int BlockLength = 1024;

    /// <summary>Blocks, because a list that grows leaves its old arrays behind, which live long.</summary>
    private readonly List<Run[]> blocks = [];
    private int used = BlockLength;

    public void Add(int number, long offset) => Add(new Run(number, 1, InFile, 0, offset));

    public void AddFree(int number) => Add(new Run(number, 1, Free, 0, 0));

    /// <param name="first">The first object's number.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="stream">The number of the object stream.</param>
    /// <param name="place">The place of the first one in it.</param>
    public void Add(int first, int count, int stream, int place)
    {
        if (used is > 0 and < BlockLength)
        {
            ref var last = ref blocks[^1][used - 1];
            if (last.Kind == InStream && last.Where == stream && last.First + last.Count == first && last.Place + last.Count == place)
            {
                last = last with { Count = last.Count + count };
                return;
            }
        }

        Add(new Run(first, count, InStream, (ushort)place, stream));
    }

    /// <summary>Writes the data of a cross-reference stream: each entry as what differs from the one before it.</summary>
    public void WriteTo(Stream deflate, int last)
    {
        // of numbers alone, not of runs: that is a quarter of the memory
        var order = Order();
        var buffer = new byte[(Width + 1) * 1024];
        Span<byte> before = stackalloc byte[Width];
        Span<byte> entry = stackalloc byte[Width];
        before.Clear();
        entry.Clear();
        var used = Put(buffer, entry, before);
        var number = 1;
        foreach (var index in order)
        {
            var run = blocks[index / BlockLength][index % BlockLength];
            if (run.First != number)
            {
                throw new InvalidOperationException($"Object {number} of the PDF was not written.");
            }

            for (var offset = 0; offset < run.Count; offset++)
            {
                entry[0] = run.Kind;
                BinaryPrimitives.WriteInt32BigEndian(entry[2..], (int)run.Where);
                entry[1] = (byte)(run.Where >> 32);
                BinaryPrimitives.WriteUInt16BigEndian(entry[6..], checked((ushort)(run.Place + offset)));
                used += Put(buffer.AsSpan(used), entry, before);
                if (used == buffer.Length)
                {
                    deflate.Write(buffer);
                    used = 0;
                }
            }

            number += run.Count;
        }

        if (number != last + 1)
        {
            throw new InvalidOperationException($"Object {number} of the PDF was not written.");
        }

        deflate.Write(buffer.AsSpan(0, used));
    }

    private void Add(Run run)
    {
        if (used == BlockLength)
        {
            blocks.Add(new Run[BlockLength]);
            used = 0;
        }

        blocks[^1][used++] = run;
    }

    private int[] Order()
    {
        var count = ((blocks.Count - 1) * BlockLength) + used;
        int[] order = [.. Enumerable.Range(0, count)];
        int[] firsts = [.. order.Select(index => blocks[index / BlockLength][index % BlockLength].First)];
        Array.Sort(firsts, order);
        return order;
    }

    private static int Put(Span<byte> target, ReadOnlySpan<byte> entry, Span<byte> before)
    {
        // predictor "up"
        target[0] = 2;
        for (var place = 0; place < Width; place++)
        {
            target[place + 1] = (byte)(entry[place] - before[place]);
        }

        entry.CopyTo(before);
        return Width + 1;
    }

    private readonly record struct Run(int First, int Count, byte Kind, ushort Place, long Where);
}
