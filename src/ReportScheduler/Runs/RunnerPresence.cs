using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>A runner on the list of its store: that it is alive, and what it runs.</summary>
internal sealed class RunnerPresence
{
    /// <summary>What runs is said anew at most so often; a report that is over sooner may never be said.</summary>
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private readonly IReportStore store;
    private readonly IRunnerRegistry registry;
    private readonly TimeProvider clock;
    private readonly RunWorker worker;
    private readonly RunPool pool;
    private readonly RunnerEvents events;
    private readonly ReportSchedulerInfo self;
    private Task saying = Task.CompletedTask;
    private bool isSaid = true;
    private long saidAt;

    public RunnerPresence(
        IReportStore store, TimeProvider clock, RunWorker worker, RunPool pool, RunnerOptions options, RunnerEvents events)
    {
        this.store = store;
        registry = store.Runners;
        this.clock = clock;
        this.worker = worker;
        this.pool = pool;
        this.events = events;
        var now = clock.GetUtcNow();
        self = new ReportSchedulerInfo
        {
            Id = RunIds.Create(now),
            Owner = worker.Owner,
            Machine = Environment.MachineName,
            ProcessId = Environment.ProcessId,
            StartedAt = now,
            MaxConcurrent = options.MaxConcurrent,
            Labels = [.. options.Labels],
        };
    }

    /// <summary>Whether somebody who may use the store asked this runner to stop.</summary>
    /// <exception cref="ReportException">The store cannot be used.</exception>
    public bool IsStopRequested() => registry.IsStopRequested(self.Id);

    /// <summary>Says that the runner is alive, and what it runs.</summary>
    public void Say()
    {
        // one after the other
        Task.WhenAny(saying).Wait();
        Describe();
        Write();
    }

    /// <summary>Says what runs where that is something else by now; what is due does not wait for it.</summary>
    public void SayRunning()
    {
        if (saying.IsCompleted && clock.GetElapsedTime(saidAt) >= Often && !self.Running.SequenceEqual(Running()))
        {
            Describe();
            saying = Task.Run(Write);
        }
    }

    /// <summary>Takes the runner off the list.</summary>
    public void End()
    {
        Task.WhenAny(saying).Wait();
        registry.Remove(self.Id);
    }

    private string[] Running() => [.. pool.Running.Select(run => run.TaskName).Order(StringComparer.Ordinal)];

    private void Describe()
    {
        self.SeenAt = clock.GetUtcNow();
        self.Running = Running();
        (self.Owner, self.LeaseUntil) = (worker.Owner, worker.LeaseUntil);
        saidAt = clock.GetTimestamp();
    }

    private void Write()
    {
        try
        {
            self.ClockOffset = -store.ClockOffset;
            registry.Write(self);
            isSaid = true;
        }
        catch (ReportException problem)
        {
            // Reports go on without it. Once is enough to say it until it works again.
            if (isSaid)
            {
                events.Post(new RunnerEvent.Trouble(problem.Message));
            }

            isSaid = false;
        }
    }
}
