using System.Diagnostics;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Whether this computer can make reports. Of a store that several share another one takes them otherwise: one that fails each of
/// them at once would take the most.</summary>
internal sealed class WorkPlace(IReportStore store)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly string probe = Path.Combine(store.Files.Folder, ".try");

    private long? lookedAt;

    /// <summary>Does nothing in a store of one computer: with each report it says why it cannot be made.</summary>
    /// <exception cref="ReportException">The folder of runs cannot be used, or its disk is full.</exception>
    public void Check()
    {
        if (store.Places is null || (lookedAt is { } at && Stopwatch.GetElapsedTime(at) < Look))
        {
            return;
        }

        store.Files.Create(probe);
        _ = store.Files.RemoveFolder(probe);
        RoomForReports.Check(store.Files.Folder);
        lookedAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Small images of containers have neither time zones nor languages. What is planned without the zone of its task is lost for
    /// the others too.</summary>
    /// <param name="tasks">The tasks of the store.</param>
    /// <param name="isShared">Whether another computer may make what this one cannot; where none can, each report says so
    /// itself.</param>
    /// <exception cref="ReportException">TimeZonesMissing or LanguagesMissing.</exception>
    public static void CheckSystem(IReadOnlyList<ReportTask> tasks, bool isShared)
    {
        if (!Zones.AreThere && tasks.FirstOrDefault(task => task.Enabled && !Zones.IsKnown(task.TimeZone)) is { } elsewhere)
        {
            throw RunErrors.TimeZonesMissing(elsewhere);
        }

        if (isShared && !ReportCulture.AreThere
            && tasks.FirstOrDefault(task => task.Enabled && !string.IsNullOrEmpty(task.Culture)) is { } foreign)
        {
            throw RunErrors.LanguagesMissing(foreign);
        }
    }
}
