using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>The runs that one worker has in its hands, and its lease on them.</summary>
/// <remarks>
/// <para>
/// A run that carries the worker's name and is not here was let go by a problem, such as a disk that was full when it
/// was to be recorded: it is taken up again like one whose process died. Asking the store and holding what it gave is
/// one step, so that another thread of the worker never takes a run for let go that was only just given.
/// </para>
/// <para>
/// A worker whose beats do not reach the store stops what it holds at three quarters of its lease, by elapsed time from when the last
/// beat was sent, so before anybody else may begin with it. One that was frozen for longer finds out before its next step, and
/// has another name afterwards: what it began under the old one can be written no more.
/// </para>
/// <para>
/// One that holds nothing has nothing to lose, and says nothing: its lease begins with what it is given.
/// </para>
/// </remarks>
internal sealed class HeldRuns : IDisposable
{
    private readonly object gate = new();
    private readonly IReportStore store;
    private readonly TimeProvider clock;
    private readonly Dictionary<string, HeldRun> ids = new(StringComparer.Ordinal);
    private readonly ITimer beats;
    private readonly ITimer limit;
    private bool mayBeTaken;
    private CancellationTokenSource lost = new();
    private string owner = RunOwner.Create();
    private long beatenAt;
    private volatile bool hasLease;
    private volatile bool isEmpty = true;

    public HeldRuns(IReportStore store, TimeProvider clock)
    {
        this.store = store;
        this.clock = clock;
        beats = clock.CreateTimer(_ => Keep(), null, RunnerLease.Beat, RunnerLease.Beat);
        limit = clock.CreateTimer(_ => Keep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The worker's name in the store.</summary>
    public string Owner => Volatile.Read(ref owner);

    /// <summary>Is cancelled when what was taken under a name may be another one's.</summary>
    public CancellationToken LostOf(string? name)
    {
        var current = Volatile.Read(ref lost).Token;
        return name == Owner ? current : new CancellationToken(canceled: true);
    }

    /// <summary>Until when others leave the runs alone; null while there are none.</summary>
    public DateTimeOffset? LeaseUntil =>
        hasLease && !isEmpty ? store.Clock.GetUtcNow() + RunnerLease.Length - clock.GetElapsedTime(Interlocked.Read(ref beatenAt)) : null;

    private bool IsSure => !hasLease || clock.GetElapsedTime(Interlocked.Read(ref beatenAt)) < RunnerLease.Sure;

    /// <summary>Holds what the store gives to the owner, whose lease goes on, or begins, with what is given.</summary>
    public IReadOnlyList<ReportRun> Take(Func<string, IReadOnlyList<ReportRun>> ask)
    {
        lock (gate)
        {
            if (!isEmpty && (!hasLease || !IsSure))
            {
                Beat();
            }

            var askedAt = clock.GetTimestamp();
            var given = ask(owner);
            // a worker with a new name still has in its hands what it lost under the old one
            if ((isEmpty || !hasLease) && given.Count > 0)
            {
                BeginLease(askedAt);
            }

            lock (ids)
            {
                foreach (var run in given.DistinctBy(run => run.Id, StringComparer.Ordinal))
                {
                    ids[run.Id] = new HeldRun(run.Id, (ids.GetValueOrDefault(run.Id)?.Times ?? 0) + 1, run.Attempt, owner);
                }

                isEmpty = ids.Count == 0;
            }

            return given;
        }
    }

    /// <summary>Holds a run that is about to be made.</summary>
    public void Hold(ReportRun run) => Take(owner =>
    {
        run.Owner = owner;
        return [run];
    });

    public void Release(string runId)
    {
        // not the gate: whoever is done does not wait for an answer of the store
        lock (ids)
        {
            if (ids.TryGetValue(runId, out var held) && held.Times > 1)
            {
                ids[runId] = held with { Times = held.Times - 1 };
            }
            else
            {
                ids.Remove(runId);
                isEmpty = ids.Count == 0;
            }
        }
    }

    /// <summary>Holds what the store gives of the runs that are not in these hands.</summary>
    public IReadOnlyList<ReportRun> TakeOver(Func<string, IReadOnlyCollection<string>, IReadOnlyList<ReportRun>> ask) =>
        Take(owner => ask(owner, [.. Held().Select(run => run.Id)]));

    /// <summary>Says that the worker is alive, and notices when it was silent for too long.</summary>
    /// <exception cref="ReportException">The store cannot be used.</exception>
    public void Beat()
    {
        lock (gate)
        {
            var sentAt = clock.GetTimestamp();
            // to take something is a beat as well, and an answer may be lost: after a silence the store may see none any more
            mayBeTaken |= !IsSure;
            mayBeTaken |= !store.Heartbeat(owner);
            // what was lost under an earlier name is not lost again: its thread may not have ended yet
            if (mayBeTaken && Array.Exists(Held(), held => held.Owner == owner && IsTaken(held)))
            {
                GiveUp();
                return;
            }

            BeginLease(sentAt);
        }
    }

    /// <summary>Does nothing where the store can be changed now, and beats where something is held.</summary>
    /// <exception cref="ReportException">The store cannot be used.</exception>
    public void TryStore()
    {
        if (isEmpty)
        {
            store.TryUse(Owner);
        }
        else
        {
            Beat();
        }
    }

    /// <summary>Does nothing where nobody else can have a run of these hands. Asked right before something leaves this computer.</summary>
    /// <param name="name">The name under which it was taken.</param>
    /// <param name="cancel">What stops the run, <see cref="LostOf"/> with it.</param>
    /// <exception cref="OperationCanceledException">It cannot be said; what is held is stopped.</exception>
    public void CheckSure(string? name, CancellationToken cancel)
    {
        var isSure = IsSure;
        if (!isSure)
        {
            Keep();
            isSure = IsSure;
        }

        if (name != Owner || !isSure)
        {
            // what is linked to the token of the loss hears of it a moment later
            cancel.WaitHandle.WaitOne(RunnerLease.Length - RunnerLease.Sure);
            throw new OperationCanceledException(cancel);
        }

        cancel.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        beats.Dispose();
        limit.Dispose();
        Forget(Owner);
    }

    /// <summary>A beat, and the end of what is held where none reached the store for too long.</summary>
    public void Keep()
    {
        if (isEmpty)
        {
            return;
        }

        try
        {
            // a store that does not answer must not keep this thread from stopping what it holds
            var left = RunnerLease.Sure - clock.GetElapsedTime(Interlocked.Read(ref beatenAt));
            var beat = Task.Run(Beat);
            _ = beat.Wait(hasLease && left > TimeSpan.Zero ? left : RunnerLease.Length - RunnerLease.Sure);
        }
        catch (AggregateException)
        {
            // A store that cannot be used now, whatever it throws, is asked again at the next beat; two may be lost. On a
            // timer's thread an exception would end the process.
        }

        if (!IsSure)
        {
            Stop();
        }
    }

    private HeldRun[] Held()
    {
        lock (ids)
        {
            return [.. ids.Values];
        }
    }

    private void BeginLease(long from)
    {
        Interlocked.Exchange(ref beatenAt, from);
        (mayBeTaken, hasLease) = (false, true);
        limit.Change(RunnerLease.Sure + TimeSpan.FromMilliseconds(50), Timeout.InfiniteTimeSpan);
    }

    // whoever took it over may have let it go again, and it is nobody's, but it has one attempt more
    private bool IsTaken(HeldRun held) => store.GetRuns(new RunFilter { RunId = held.Id }) is [var run]
        && (run.Attempt != held.Attempt || (run.Owner ?? owner) != owner);

    private void GiveUp()
    {
        var before = owner;
        Volatile.Write(ref owner, RunOwner.Create());
        (mayBeTaken, hasLease) = (false, false);
        Stop();
        Forget(before);
    }

    private void Stop()
    {
        var before = Interlocked.Exchange(ref lost, new CancellationTokenSource());
        // who asks the token knows at once; cancelling a query asks its server, which may take its time
        _ = before.CancelAsync();
    }

    private void Forget(string name)
    {
        try
        {
            store.ForgetOwner(name);
        }
        catch (ReportException)
        {
            // A store that cannot be written now: the others wait until this worker was silent for long enough.
        }
    }
}
