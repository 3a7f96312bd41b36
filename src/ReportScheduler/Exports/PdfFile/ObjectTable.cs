using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>Where each object of a PDF stands. Objects that follow each other in an object stream are one entry, so that it does not grow with them.</summary>
internal sealed class ObjectTable
{
    private const int Width = 8;
    private const byte Free = 0;
    private const byte InFile = 1;
    private const byte InStream = 2;

    private readonly List<Run> runs = [];

    public void Add(int number, long offset) => runs.Add(new Run(number, 1, InFile, offset, 0));

    public void AddFree(int number) => runs.Add(new Run(number, 1, Free, 0, 0));

    /// <param name="first">The first object's number.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="stream">The number of the object stream.</param>
    /// <param name="place">The place of the first one in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int first, int count, int stream, int place)
    {
        if (runs is [.., var last] && last.Kind == InStream && last.Where == stream && last.First + last.Count == first && last.Place + last.Count == place)
        {
            runs[^1] = last with { Count = last.Count + count };
            return;
        }

        runs.Add(new Run(first, count, InStream, stream, place));
    }

    /// <summary>Writes the data of a cross-reference stream: each entry as what differs from the one before it, compressed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteTo(Stream target, int last)
    {
        runs.Sort((one, other) => one.First.CompareTo(other.First));
        using var deflate = Flate.Open(target);
        var buffer = new byte[(Width + 1) * 1024];
        Span<byte> before = stackalloc byte[Width];
        Span<byte> entry = stackalloc byte[Width];
        before.Clear();
        entry.Clear();
        var used = Put(buffer, entry, before);
        var number = 1;
        foreach (var run in runs)
        {
            if (run.First != number)
            {
                throw new InvalidOperationException($"Object {number} of the PDF was not written.");
            }

            for (var index = 0; index < run.Count; index++)
            {
                entry[0] = run.Kind;
                BinaryPrimitives.WriteInt32BigEndian(entry[2..], (int)run.Where);
                entry[1] = (byte)(run.Where >> 32);
                BinaryPrimitives.WriteUInt16BigEndian(entry[6..], checked((ushort)(run.Place + index)));
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    private readonly record struct Run(int First, int Count, byte Kind, long Where, int Place);
}
