using System.Runtime.InteropServices;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The texts of a dataset's rows, on disk: the number of pages and the characters used have to be known before the first page is drawn.</summary>
/// <remarks>The file has no name that outlives it: it goes when the spool is disposed.</remarks>
internal sealed class TextSpool : IDisposable
{
    private readonly FileStream file;
    private readonly int columns;
    private readonly int highlighted;

    public TextSpool(string path, int columns, int highlighted)
    {
        (this.columns, this.highlighted) = (columns, highlighted);
        file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 1 << 16,
            Options = FileOptions.DeleteOnClose | FileOptions.SequentialScan,
        });
    }

    public long Rows { get; private set; }

    /// <summary>Adds a row: the texts one after the other, where each ends and whether it is a number, the marks of the highlighted columns, and what kind of row it is.</summary>
    public void Add(ReadOnlySpan<char> row, ReadOnlySpan<int> cellEnds, ReadOnlySpan<HighlightMark> cellMarks, SpooledKind kind)
    {
        file.WriteByte((byte)kind);
        file.Write(MemoryMarshal.AsBytes(cellMarks));
        file.Write(MemoryMarshal.AsBytes(cellEnds));
        file.Write(MemoryMarshal.AsBytes(row));
        Rows++;
    }

    /// <summary>Reads the rows, once all have been added; several readers do not disturb each other.</summary>
    /// <param name="offset">Where the first one begins: 0, or a <see cref="SpoolReader.Offset"/>.</param>
    public SpoolReader ReadFrom(long offset)
    {
        file.Flush();
        return new SpoolReader(file.SafeFileHandle, columns, highlighted, offset);
    }

    public void Dispose() => file.Dispose();
}
