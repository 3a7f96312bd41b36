using System.Runtime.InteropServices;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The texts of a dataset's rows, on disk: the number of pages and the characters used have to be known before the first page is drawn.</summary>
/// <remarks>The file has no name that outlives it: it goes when the spool is disposed.</remarks>
internal sealed class TextSpool : IDisposable
{
    private readonly FileStream file;
    private readonly int columns;
    private char[] chars = new char[4096];
    private readonly int[] ends;
    private readonly HighlightMark[] marks;

    public TextSpool(string path, int columns, int highlighted)
    {
        marks = new HighlightMark[highlighted];
        this.columns = columns;
        ends = new int[columns];
        file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 1 << 16,
            Options = FileOptions.DeleteOnClose | FileOptions.SequentialScan,
        });
    }

    public long Rows { get; private set; }

    /// <summary>Adds a row: the texts one after the other, where each ends and whether it is a number, and the marks of the highlighted columns.</summary>
    public void Add(ReadOnlySpan<char> row, ReadOnlySpan<int> cellEnds, ReadOnlySpan<HighlightMark> cellMarks)
    {
        file.Write(MemoryMarshal.AsBytes(cellMarks));
        file.Write(MemoryMarshal.AsBytes(cellEnds));
        file.Write(MemoryMarshal.AsBytes(row));
        Rows++;
    }

    /// <summary>Starts reading at the first row.</summary>
    public void Rewind() => file.Position = 0;

    /// <summary>Reads the next row; it is valid until the next call.</summary>
    public SpooledRow Read()
    {
        file.ReadExactly(MemoryMarshal.AsBytes(marks.AsSpan()));
        file.ReadExactly(MemoryMarshal.AsBytes(ends.AsSpan()));
        var length = SpooledRow.End(ends[columns - 1]);
        if (chars.Length < length)
        {
            chars = new char[Math.Max(length, chars.Length * 2)];
        }

        file.ReadExactly(MemoryMarshal.AsBytes(chars.AsSpan(0, length)));
        return new SpooledRow(chars, ends, marks);
    }

    public void Dispose() => file.Dispose();
}
