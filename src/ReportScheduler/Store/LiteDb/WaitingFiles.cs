using ReportScheduler.Files;

namespace ReportScheduler.Store.LiteDb;

/// <summary>In a backup: the messages and files of the runs that have not reached everybody.</summary>
internal static class WaitingFiles
{
    /// <summary>Copies them, for the runs of a copy of the store. A run that was removed meanwhile has none.</summary>
    public static void Save(string storeCopy, string runsFolder, string to)
    {
        try
        {
            var waiting = new LiteReportStore(storeCopy, StoreScope.User).GetRuns(new RunFilter())
                .Where(run => run.Deliveries.Any(delivery => delivery.State != DeliveryState.Sent || !delivery.IsWhole));
            foreach (var folder in waiting.SelectMany(run => RunPaths.FoldersOf(runsFolder, run.Id)))
            {
                Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
            }
        }
        finally
        {
            File.Delete(storeCopy + ".lock");
            File.Delete(LockQueue.PathFor(storeCopy));
        }
    }

    /// <summary>Puts them beside the store; a file that is there already stays.</summary>
    /// <param name="from">The folder in the backup.</param>
    /// <param name="runsFolder">The folder beside the store.</param>
    /// <param name="getsOn">Called for each run.</param>
    public static void BringBack(string from, string runsFolder, Action getsOn)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(from).Where(IsOwn))
        {
            Copy(folder, Path.Combine(runsFolder, Path.GetFileName(folder)));
            getsOn();
        }
    }

    private static void Copy(string folder, string to)
    {
        try
        {
            PrivateFile.CreateFolder(Path.GetDirectoryName(to)!);
            PrivateFile.CreateFolder(to);
            foreach (var file in Directory.EnumerateFiles(folder).Where(IsOwn))
            {
                PrivateFile.CopyMissing(file, Path.Combine(to, Path.GetFileName(file)));
            }
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // the run was removed this very moment
        }
    }

    // a link in a backup may lead anywhere
    private static bool IsOwn(string path) => !File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint) && !PrivateFile.IsPart(path);
}
