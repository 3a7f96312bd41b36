using ReportScheduler.Files;

namespace ReportScheduler.Store.Relational;

/// <summary>A folder that all machines see, for what is too much for the database: a folder for each attempt at a run.</summary>
internal static class SharedFiles
{
    // where a share is not mounted its folder is there, on the disk of one machine
    private const string Sign = ".report-scheduler-share";

    /// <summary>Makes a folder that is there the share: all machines know it by what stands in it.</summary>
    /// <exception cref="ReportException">FolderNotUsable.</exception>
    public static void Found(string share)
    {
        try
        {
            File.WriteAllText(Path.Combine(share, Sign), "ReportScheduler puts files of reports here, as long as this file is there.\n");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.FolderNotUsable(share, problem.Message, problem);
        }
    }

    /// <exception cref="ReportException">FolderNotUsable: this machine does not see the share.</exception>
    public static void Check(string share)
    {
        if (!Directory.Exists(share))
        {
            throw StoreErrors.FolderNotUsable(share, "it is not there");
        }

        if (!File.Exists(Path.Combine(share, Sign)))
        {
            throw StoreErrors.FolderNotUsable(share, $"the file '{Sign}' is not in it, which Set-ReportSchedulerOption -FilesPath puts "
                + "there: the share is not mounted here, or is another one");
        }
    }

    /// <summary>Copies a file there, whole or not at all, unless it is there.</summary>
    /// <exception cref="ReportException">FolderNotUsable.</exception>
    public static void Keep(string share, string file)
    {
        Check(share);
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

    /// <summary>The path of a file there; null where it is not, or this account may not see it.</summary>
    public static string? Find(string share, string file) => PlaceOf(share, file) is var path && File.Exists(path) ? path : null;

    private static string PlaceOf(string share, string file) =>
        Path.Combine(share, Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileName(file));
}
