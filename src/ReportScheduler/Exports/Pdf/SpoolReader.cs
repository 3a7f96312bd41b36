using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Reads rows of a <see cref="TextSpool"/> one after the other.</summary>
internal sealed class SpoolReader(SafeFileHandle file, int columns, int highlighted, long offset)
{
    private readonly byte[] buffer = new byte[1 << 14];
    private readonly int[] ends = new int[columns];
    private readonly HighlightMark[] marks = new HighlightMark[highlighted];
    private char[] chars = new char[4096];
    private long next = offset;
    private int start;
    private int end;

    /// <summary>Where the next row begins, in bytes.</summary>
    public long Offset => next - (end - start);

    /// <summary>Reads the next row; it is valid until the next call.</summary>
    public SpooledRow Read()
    {
        var kind = default(SpooledKind);
        Fill(MemoryMarshal.AsBytes(new Span<SpooledKind>(ref kind)));
        Fill(MemoryMarshal.AsBytes(marks.AsSpan()));
        Fill(MemoryMarshal.AsBytes(ends.AsSpan()));
        var length = SpooledRow.End(ends[^1]);
        if (chars.Length < length)
        {
            chars = new char[Math.Max(length, chars.Length * 2)];
        }

        Fill(MemoryMarshal.AsBytes(chars.AsSpan(0, length)));
        return new SpooledRow(chars, ends, marks, kind);
    }

    private void Fill(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            if (start == end)
            {
                (start, end) = (0, RandomAccess.Read(file, buffer, next));
                next += end;
                if (end == 0)
                {
                    throw new EndOfStreamException("The spooled rows of the PDF end too early.");
                }
            }

            var length = Math.Min(target.Length, end - start);
            buffer.AsSpan(start, length).CopyTo(target);
            target = target[length..];
            start += length;
        }
    }
}
