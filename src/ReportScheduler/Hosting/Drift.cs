using ReportScheduler.Store;

namespace ReportScheduler.Hosting;

/// <summary>Compares what was registered with what is there now.</summary>
internal static class Drift
{
    /// <summary>What is not as it was registered, the system's own part apart.</summary>
    public static IEnumerable<string> OfDefinition(ReportScheduledTask registered, IReportStore store)
    {
        if (store.GetMark(StoreMark.MovedTo) is { } to)
        {
            yield return $"The store was moved to '{to}'.";
        }

        foreach (var path in new[] { registered.PowerShellPath, registered.ModulePath, registered.EnvironmentFile }.OfType<string>()
            .Where(path => !File.Exists(path)))
        {
            yield return $"'{path}' is gone.";
        }

        var task = registered.TaskName is { } name ? store.FindTask(name) : null;
        if (task is null && registered.TaskName is not null)
        {
            yield return $"The report task '{registered.TaskName}' is gone.";
        }
        else if (Recompiled(registered, task, store) is { } change)
        {
            yield return change;
        }
    }

    private static string? Recompiled(ReportScheduledTask registered, ReportTask? task, IReportStore store)
    {
        try
        {
            var definition = SystemSchedulers.Of(registered.System)
                .Compile(HostedJob.Of(registered, task, store), registered.RegisteredAt, registered.HasPassword);
            return definition.Files.SequenceEqual(registered.Files)
                ? null
                : $"The schedule or the settings of '{registered.Name}' have changed since it was registered.";
        }
        catch (ReportException problem)
        {
            return problem.Message;
        }
    }
}
