namespace ReportScheduler.Files;

/// <summary>A file that is written under a temporary name and gets its own when it is whole.</summary>
/// <remarks>Disposed without <see cref="Complete"/>, it leaves nothing.</remarks>
internal sealed class OutputFile : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private bool complete;

    public OutputFile(string path)
    {
        this.path = path;
        temporary = path + ".part";
        Stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
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
