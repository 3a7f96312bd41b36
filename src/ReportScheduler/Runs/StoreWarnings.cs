using ReportScheduler.Store;
using ReportScheduler.Stores;

namespace ReportScheduler.Runs;

/// <summary>What is wrong around a store while a runner is up, told when it begins and not each time.</summary>
internal sealed class StoreWarnings(IReportStore store, RunnerEvents events)
{
    private readonly LabelledTasks labelled = new(store);
    private bool isClockOffSaid;
    private string labelsSaid = "";

    public void Look()
    {
        LookAtClock();
        LookAtLabels();
    }

    private void LookAtClock()
    {
        var off = store.ClockOffset;
        var isOff = off.Duration() > StoreChecks.MostOff;
        if (isOff && !isClockOffSaid)
        {
            events.Post(new RunnerEvent.Trouble(StoresErrors.StoreClockOff(store.Address, off).Message));
        }

        isClockOffSaid = isOff;
    }

    /// <summary>A report that no runner may take is told by all the others, until one may.</summary>
    private void LookAtLabels()
    {
        var missing = string.Join(", ", labelled.WithoutRunner().Where(task => task.Waits).Select(task => $"'{task.Label}'")
            .Distinct(StringComparer.OrdinalIgnoreCase));
        if (missing.Length > 0 && missing != labelsSaid)
        {
            events.Post(new RunnerEvent.Trouble(StoresErrors.LabelWithoutRunner(missing).Message));
        }

        labelsSaid = missing;
    }
}
