using ReportScheduler.Files;

namespace ReportScheduler.Rows;

/// <summary>Rows in a file until somebody reads them, each once. Only its owner can read
/// the file, and it is gone with this, or with the process.</summary>
internal sealed class RowFile : IDisposable
{
    private const int Buffer = 1 << 16;

    private readonly string path;
    private readonly FileStream file;
    private readonly BufferedStream buffer;
    private readonly BinaryWriter writer;
    private readonly BinaryReader reader;
    private readonly int columns;
    private long left;

    /// <param name="path">A file that is not there yet; its folder is made when it is missing.</param>
    /// <param name="columns">How many cells a row has.</param>
    public RowFile(string path, int columns)
    {
        (this.path, this.columns) = (path, columns);
        PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
        file = PrivateFile.Open(path, FileMode.CreateNew, FileShare.Delete);
        if (!OperatingSystem.IsWindows())
        {
            // the file goes on without its name, and no crash leaves it behind
            File.Delete(path);
        }

        buffer = new BufferedStream(file, Buffer);
        writer = new BinaryWriter(buffer);
        reader = new BinaryReader(buffer);
    }

    /// <summary>How many rows there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds rows; before <see cref="Rewind"/>.</summary>
    public void Add(RowBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            CellBytes.WriteRow(writer, batch[row]);
        }

        Count += batch.Count;
    }

    /// <summary>Goes to the first row; nothing is added any more.</summary>
    public void Rewind()
    {
        buffer.Flush();
        buffer.Position = 0;
        left = Count;
    }

    /// <summary>Reads the next row.</summary>
    /// <param name="cells">Get its values.</param>
    /// <returns>False when there is none.</returns>
    public bool Read(Span<Cell> cells)
    {
        if (left == 0)
        {
            return false;
        }

        left--;
        for (var i = 0; i < columns; i++)
        {
            CellBytes.Read(reader, ref cells[i]);
        }

        return true;
    }

    public void Dispose()
    {
        file.Dispose();
        if (OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
    }
}
