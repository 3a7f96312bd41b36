using System.Diagnostics.Metrics;
using ReportScheduler.Stores;
using ReportScheduler.Tests.Runs;

namespace ReportScheduler.Tests.Stores;

public sealed class LabelledTasksTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_runner_that_looks_again_and_again_reads_the_tasks_when_one_has_changed()
    {
        fixture.AddTask("t");
        var labelled = new LabelledTasks(fixture.Store);
        Assert.Empty(labelled.WithoutRunner());
        Assert.Equal(0, Opens(() => Assert.Empty(labelled.WithoutRunner())));
        fixture.AddTask("d", task => task.RunOn = "dmz");
        Assert.Equal(("d", "dmz"), Assert.Single(labelled.WithoutRunner().Select(task => (task.Name, task.Label))));
        fixture.Store.PutTask(Changed("d"), PutMode.Update, null);
        Assert.Empty(labelled.WithoutRunner());
    }

    private ReportTask Changed(string name)
    {
        var task = fixture.Store.FindTask(name)!;
        task.RunOn = null;
        return task;
    }

    // of this thread: other tests have stores too
    private static int Opens(Action act)
    {
        var (thread, count) = (Environment.CurrentManagedThreadId, 0);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (instrument.Meter.Name == "ReportScheduler.Store")
                {
                    me.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, opened, _, _) =>
            count += Environment.CurrentManagedThreadId == thread ? (int)opened : 0);
        listener.Start();
        act();
        return count;
    }
}
