using System.Globalization;
using System.Text;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Html;

/// <summary>A table in HTML that waits on disk because the chart above it or the look
/// of its cells depends on rows that are still to come.</summary>
/// <remarks>Where the look belongs stands a note between two control characters, which cannot be in escaped text.</remarks>
internal sealed class HeldRows : IDisposable
{
    private const char Begin = '\u0001';
    private const char Comma = '\u0002';
    private const char End = '\u0003';

    private readonly FileStream file;
    private readonly StreamWriter writer;
    private bool hasNotes;

    public HeldRows(string path)
    {
        file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 1 << 16,
            Options = FileOptions.DeleteOnClose | FileOptions.SequentialScan,
        });
        writer = new StreamWriter(file, new UTF8Encoding(false), 1 << 14, leaveOpen: true);
    }

    public StreamWriter Writer => writer;

    /// <summary>Notes where the look of a cell goes.</summary>
    public void Note(int column, HighlightMark mark)
    {
        hasNotes = true;
        writer.Write(Begin);
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{column}{Comma}{mark.Number:R}{Comma}{mark.Rule}"));
        writer.Write(End);
    }

    /// <summary>Copies the rows, each note replaced by what a look is in HTML.</summary>
    public void CopyTo(StreamWriter target, Func<int, HighlightMark, string> look, CancellationToken cancellation)
    {
        writer.Flush();
        file.Position = 0;
        if (!hasNotes)
        {
            target.Flush();
            var buffer = new byte[1 << 16];
            for (var length = file.Read(buffer); length > 0; length = file.Read(buffer))
            {
                cancellation.ThrowIfCancellationRequested();
                target.BaseStream.Write(buffer, 0, length);
            }

            return;
        }

        using var reader = new StreamReader(file, Encoding.UTF8, false, 1 << 14, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            CopyTo(target, line, look);
            target.Write('\n');
        }
    }

    // The last buffer belongs to a file that is thrown away.
    public void Dispose() => file.Dispose();

    private static void CopyTo(TextWriter target, ReadOnlySpan<char> line, Func<int, HighlightMark, string> look)
    {
        for (var begin = line.IndexOf(Begin); begin >= 0; begin = line.IndexOf(Begin))
        {
            target.Write(line[..begin]);
            var end = line.IndexOf(End);
            var note = line[(begin + 1)..end].ToString().Split(Comma);
            target.Write(look(int.Parse(note[0], CultureInfo.InvariantCulture),
                new HighlightMark(double.Parse(note[1], CultureInfo.InvariantCulture), int.Parse(note[2], CultureInfo.InvariantCulture))));
            line = line[(end + 1)..];
        }

        target.Write(line);
    }
}
