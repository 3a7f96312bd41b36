using ReportScheduler.Files;

namespace ReportScheduler.Store.Relational;

/// <summary>A folder that all machines see, for what is too much for the database: a folder for each attempt at a run.</summary>
internal static class SharedFiles
{
    /// <summary>Copies a file there, whole or not at all, unless it is there. The folder itself is not made: where it is missing, it is
    /// the share that is away, and no other machine would see one of its name on this disk.</summary>
    /// <exception cref="ReportException">FolderNotUsable.</exception>
    public static void Keep(string share, string file)
    {
        if (!Directory.Exists(share))
        {
            throw StoreErrors.FolderNotUsable(share, "it is not there");
        }

        var target = PlaceOf(share, file);
        if (File.Exists(target))
        {
            return;
        }

        var fresh = $"{target}.{Guid.NewGuid():N}.new";
        try
        {
            PrivateFile.CreateFolder(Path.GetDirectoryName(target)!);
            PrivateFile.Copy(file, fresh);
            File.Move(fresh, target, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.FolderNotUsable(share, problem.Message, problem);
        }
    }

    /// <returns>False when it is not there.</returns>
    /// <exception cref="ReportException">FolderNotUsable.</exception>
    public static bool Fetch(string share, string file, string target)
    {
        try
        {
            if (!File.Exists(PlaceOf(share, file)))
            {
                return false;
            }

            File.Copy(PlaceOf(share, file), target, overwrite: true);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.FolderNotUsable(share, problem.Message, problem);
        }
    }

    private static string PlaceOf(string share, string file) =>
        Path.Combine(share, Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileName(file));
}
