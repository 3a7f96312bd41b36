namespace ReportScheduler.Files;

/// <summary>Files and folders that only their owner can read.</summary>
internal static class PrivateFile
{
    private const string Part = ".part";

    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>Opens for reading and writing; a file that this makes has the mode 0600 on Unix.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        // .NET refuses the rights of a file that is not made
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
        {
            options.UnixCreateMode = OwnFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>Copies a file to a path where none is. It gets its name when it is whole and on the disk: whoever is cut off leaves none
    /// that the next one takes for whole.</summary>
    public static void Copy(string from, string to)
    {
        // two may copy it at once
        var part = $"{to}.{Guid.NewGuid():N}{Part}";
        try
        {
            using (var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read))
            using (var copy = Open(part, FileMode.CreateNew, FileShare.None))
            {
                source.CopyTo(copy);
                copy.Flush(flushToDisk: true);
            }

            File.Move(part, to);
        }
        catch
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }

            throw;
        }
    }

    /// <summary>Copies a file unless it is there, or another one is faster.</summary>
    public static void CopyMissing(string from, string to)
    {
        if (Path.Exists(to))
        {
            return;
        }

        try
        {
            Copy(from, to);
        }
        catch (IOException) when (File.Exists(to))
        {
            // it is the same
        }
    }

    /// <summary>Whether it is what a copy that was cut off has left.</summary>
    public static bool IsPart(string path) => path.EndsWith(Part, StringComparison.Ordinal);

    /// <summary>Makes the folder when it is missing, with the mode 0700 on Unix. One that exists keeps its rights.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnFolder);
        }
    }

    /// <summary>Whether there is certainly no file. One in a folder that this account may not look into is perhaps there.</summary>
    public static bool IsMissing(string path)
    {
        try
        {
            _ = File.GetAttributes(path);
            return false;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
