using System.Globalization;
using ReportScheduler.Text;

namespace ReportScheduler.Store;

/// <summary>The keys under which every store finds what it keeps.</summary>
internal static class StoreKeys
{
    private const int NameLimit = 200;

    /// <summary>The key under which a name is found without regard to case.</summary>
    public static string OfName(string name) => WholeText.Of(name).ToUpperInvariant();

    /// <exception cref="ReportException">NameTooLong, or NameCutThrough.</exception>
    public static void CheckName(string noun, string name)
    {
        if (!WholeText.Is(name))
        {
            throw StoreErrors.NameCutThrough(noun, WholeText.Of(name));
        }

        if (name.Length > NameLimit)
        {
            throw StoreErrors.NameTooLong(noun, name, NameLimit);
        }
    }

    /// <summary>The key that a run has alone: a Schedule run its task and due time, another one its id.</summary>
    public static string OnceKey(ReportRun run) => run.Trigger == RunTrigger.Schedule
        ? string.Create(CultureInfo.InvariantCulture, $"S:{run.DueAt.UtcTicks:D19}:{run.TaskId}")
        : $"R:{run.Id}";

    /// <summary>Whether a run waits for a runner.</summary>
    public static bool IsWaiting(ReportRun run) => run is { Outcome: RunOutcome.Running, Owner: null };

    /// <summary>The due time of a run that waits for a runner, in ticks; null for any other.</summary>
    public static long? WaitAt(ReportRun run) => IsWaiting(run) ? run.DueAt.UtcTicks : null;

    /// <summary>Where a run stands in the history, in ticks: its start, or the due time of one that never started.</summary>
    public static long SortAt(ReportRun run) => (run.StartedAt ?? run.DueAt).UtcTicks;

    /// <summary>When a runner has to look at a task, in ticks; null while it is disabled or paused.</summary>
    public static long? WakeAt(ReportTaskState state) => TaskStateRules.NextRunAt(state)?.UtcTicks;

    /// <summary>When a delivery is tried next, in ticks; null for one that waits for nothing.</summary>
    public static long? TryAt(ReportDelivery delivery) =>
        delivery is { State: DeliveryState.Pending, NextAttemptAt: { } next } ? next.UtcTicks : null;
}
