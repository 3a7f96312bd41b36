using System.Runtime.InteropServices;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The cells, on disk, whose colours hang on all other cells of their column: they are
/// known after the last row, and drawn then, in a form for each page.</summary>
/// <remarks>The file has no name that outlives it: it goes when the spool is disposed.</remarks>
internal sealed class MarkSpool(string path) : IDisposable
{
    private readonly List<(int Form, float Height, float Width, int Count)> forms = [];
    private FileStream? file;
    private int count;

    /// <summary>Adds a cell of the page that is drawn.</summary>
    public void Add(int column, HighlightMark mark, Area cell)
    {
        file ??= new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 1 << 16,
            Options = FileOptions.DeleteOnClose | FileOptions.SequentialScan,
        });
        var entry = new Entry(mark.Number, mark.Rule, column, cell.Left, cell.Top, cell.Right, cell.Bottom);
        file.Write(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref entry, 1)));
        count++;
    }

    /// <summary>Ends the cells of a page, which are drawn in a form; says whether there are any.</summary>
    /// <param name="form">The number of the form.</param>
    /// <param name="width">Of the page.</param>
    /// <param name="height">Of the page.</param>
    public void EndPage(int form, float width, float height)
    {
        forms.Add((form, height, width, count));
        count = 0;
    }

    /// <summary>The forms and their cells, in the order of the pages.</summary>
    public IEnumerable<(int Form, float Height, float Width, IReadOnlyList<(int Column, HighlightMark Mark, Area Cell)> Cells)> Read()
    {
        file?.Seek(0, SeekOrigin.Begin);
        foreach (var (form, height, width, cells) in forms)
        {
            var read = new List<(int, HighlightMark, Area)>(cells);
            for (var cell = 0; cell < cells; cell++)
            {
                Entry entry = default;
                file!.ReadExactly(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref entry, 1)));
                read.Add((entry.Column, new HighlightMark(entry.Number, entry.Rule),
                    new Area(entry.Left, entry.Top, entry.Right, entry.Bottom)));
            }

            yield return (form, height, width, read);
        }
    }

    public void Dispose() => file?.Dispose();

    private readonly record struct Entry(double Number, int Rule, int Column, float Left, float Top, float Right, float Bottom);
}
