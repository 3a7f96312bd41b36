using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Keeps the files of a run for whoever delivers them, on another machine too.</summary>
/// <remarks>A share that is away costs a warning: the report itself can be delivered from here.</remarks>
internal static class FilesOfRun
{
    /// <summary>Before the run is written as one that is to be delivered.</summary>
    public static void Keep(IReportStore store, ReportRun run) => OrWarn(run, store.Files.Keep);

    /// <summary>Before the run is finished: what is not too much for the store is kept with its record.</summary>
    public static void Share(IReportStore store, ReportRun run) => OrWarn(run, store.Files.Share);

    private static void OrWarn(ReportRun run, Action<ReportRun> keep)
    {
        try
        {
            keep(run);
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
