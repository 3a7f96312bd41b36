using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Keeps the files of a run for whoever delivers them, on another machine too.</summary>
internal static class FilesOfRun
{
    /// <summary>A share that is away costs a warning: the report itself can be delivered from here.</summary>
    public static void Keep(IReportStore store, ReportRun run)
    {
        try
        {
            store.Files.Keep(run);
        }
        catch (ReportException away) when (away.ErrorId == nameof(StoreErrors.FolderNotUsable))
        {
            var warning = $"{away.Message} The files of this report are on the computer '{Environment.MachineName}' alone.";
            if (!run.Warnings.Contains(warning))
            {
                run.Warnings = [.. run.Warnings, warning];
            }
        }
    }
}
