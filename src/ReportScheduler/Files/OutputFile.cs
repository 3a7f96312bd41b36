namespace ReportScheduler.Files;

/// <summary>A file that is written under a temporary name and gets its own when it is whole.</summary>
/// <remarks>Disposed without <see cref="Complete"/>, it leaves nothing.</remarks>
internal sealed class OutputFile : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private bool complete;

    /// <param name="path">The path of the file.</param>
    /// <param name="buffer">How many bytes wait in memory; 0 where they are written many at once.</param>
    public OutputFile(string path, int buffer = 1 << 16)
    {
        this.path = path;
        temporary = path + ".part";
        // of a file that is cut to nothing some systems write the last bytes before they close it
        var mode = File.Exists(temporary) ? FileMode.Create : FileMode.CreateNew;
        Stream = new FileStream(temporary, mode, FileAccess.ReadWrite, FileShare.Read, buffer);
    }

    public FileStream Stream { get; }

    /// <summary>Closes the file and gives it its name.</summary>
    /// <returns>The full path.</returns>
    public string Complete()
    {
        Stream.Dispose();
        File.Move(temporary, path, overwrite: true);
        complete = true;
        return Path.GetFullPath(path);
    }

    public void Dispose()
    {
        if (complete)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The last buffer does not fit on a full disk either; the file goes anyway.
        }

        File.Delete(temporary);
    }
}
