using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Store;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>
/// A worker is stopped at each point where it changes the store or is about to let a mail go, mostly for longer than its lease, and goes
/// on when others have taken over what it had. Each due time has one run then, and one mail or a person who decides.
/// </summary>
public abstract class FrozenWorkerContract<TPlace> : StoreContract<TPlace>, IDisposable
    where TPlace : StorePlace, new()
{
    private const string Ask = "asks whether it may send";

    /// <summary>While one thread of a worker is in these, its others wait for it.</summary>
    private static readonly string[] AloneIn = [nameof(IReportStore.PlanDue), nameof(IReportStore.TakeRuns),
        nameof(IReportStore.TakeDueDeliveries), nameof(IReportStore.TakeOver), nameof(IReportStore.Heartbeat)];

    private static readonly string[] Changes = [.. AloneIn, nameof(IReportStore.BeginRun), nameof(IReportStore.SaveRun),
        nameof(IReportStore.FinishRun), nameof(IReportStore.PutDelivery)];

    private static readonly TimeSpan Silence = RunnerLease.Length + TimeSpan.FromSeconds(1);

    /// <summary>How often the thread has asked the time since it said that it sends a mail; null while it does not.</summary>
    [ThreadStatic]
    private static int? asked;

    private readonly SmtpServer smtp = new();
    private readonly StillClock clock = new(Noon);
    private readonly StillClock frozenClock;
    private readonly List<string> problems = [];
    private volatile StopPoint? stop;
    private volatile bool isBeside;
    private volatile bool losesAnswer;
    private int lastAsk;
    private int scenes;

    protected FrozenWorkerContract()
    {
        frozenClock = new StillClock(Noon) { Asked = AskToSend };
        var store = NewStore();
        store.Connections.Put(
            new ReportConnection { Name = "mem", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" },
            PutMode.Add);
        store.MailServers.Put(
            new ReportMailServer { Name = "office", SmtpHost = "127.0.0.1", Port = smtp.Port, Security = MailSecurity.None,
                From = "r@example.com", Timeout = TimeSpan.FromMinutes(1) }, PutMode.Add);
        foreach (var name in new[] { "t1", "t2" })
        {
            store.PutTask(
                new ReportTask
                {
                    Id = name,
                    Name = name,
                    Connection = "mem",
                    Query = "select 1 as one",
                    Every = TimeSpan.FromHours(1),
                    StartAt = Noon,
                    TimeZone = "UTC",
                    Format = [ReportFormat.Csv],
                    To = ["ada@example.com"],
                    MailServer = "office",
                    Retry = 0,
                    Uncertain = UncertainPolicy.Hold,
                    CreatedAt = Noon,
                },
                PutMode.Add,
                Noon);
        }
    }

    void IDisposable.Dispose()
    {
        smtp.Dispose();
        Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One thread is stopped, and the other worker lets go of what it takes over, or goes on with it.</summary>
    protected void Freeze(bool leavesMail)
    {
        Learn(leavesMail);
        foreach (var finish in new[] { false, true })
        {
            PlayAll(at => new FrozenScene(leavesMail, at) { OthersFinish = finish });
        }

        AssertNone();
    }

    /// <summary>One thread loses the answer to each change, which was carried out or not, while it is frozen or at once.</summary>
    protected void LoseAnswers(bool leavesMail, bool isFrozen)
    {
        PlayAll(at => new FrozenScene(leavesMail, at) { IsFrozen = isFrozen, OthersFinish = true, LosesAnswer = true });
        AssertNone();
    }

    /// <summary>Another thread of the worker goes on before the one that is stopped, up to each of its points.</summary>
    protected void FreezeBesideAnotherThread(bool leavesMail, int from)
    {
        Learn(leavesMail);
        PlayAll(first =>
        {
            PlayAll(second => new FrozenScene(leavesMail, first) { Second = second });
            return new FrozenScene(leavesMail, first);
        }, from);
        AssertNone();
    }

    /// <summary>Two threads are stopped, one while it sends a mail, and the other one goes on first.</summary>
    protected void FreezeTwoThreads(int from, int to)
    {
        Learn(leavesMail: false);
        for (var first = from; first <= to; first++)
        {
            PlayAll(second => new FrozenScene(LeavesMail: false, first) { Second = second, IsSecondFrozen = true });
        }

        AssertNone();
    }

    private void AssertNone() => Assert.True(problems.Count == 0, string.Join('\n', problems.Take(20)));

    // one that is stopped nowhere, to count how often it asks while a mail goes out
    private void Learn(bool leavesMail) => Play(new FrozenScene(leavesMail, int.MaxValue));

    private void PlayAll(Func<int, FrozenScene> scene, int from = 1)
    {
        for (var at = from; Play(scene(at)); at++)
        {
        }
    }

    /// <returns>Whether the points of the scene were there.</returns>
    private bool Play(FrozenScene scene)
    {
        var due = Noon.AddHours(scenes++);
        SetClock(due);
        smtp.Messages.Clear();
        losesAnswer = scene.LosesAnswer;
        using var mine = new SteppedWorker(Stopping(NewStore()), frozenClock, scene.LeavesMail);
        using var others = new SteppedWorker(NewStore(), clock, scene.LeavesMail);
        var (first, second) = (new StopPoint(scene.At), new StopPoint(scene.Second ?? 0));
        var thread = StartUntil(first, mine);
        var hasSecond = scene.Second is not null && first.Reached.IsCompleted && !AloneIn.Contains(first.Name);
        var beside = hasSecond && scene.IsSecondFrozen ? StartUntil(second, mine) : Task.CompletedTask;
        if (first.Reached.IsCompleted && scene.IsFrozen)
        {
            TakeOver(others, scene.OthersFinish);
        }

        if (hasSecond && !scene.IsSecondFrozen)
        {
            isBeside = true;
            beside = StartUntil(second, mine);
            isBeside = false;
        }

        var cut = scene.LosesAnswer ? RelationalErrors.StoreUnreachable(NewStore().Address, new IOException("it was cut")) : null;
        var order = new[] { (Point: first, Thread: thread), (Point: second, Thread: beside) };
        foreach (var (point, waiting) in scene.IsSecondFrozen ? order.Reverse() : order)
        {
            point.GoOn(cut);
            waiting.Wait();
        }

        End(mine, others);
        Check($"{scene}: '{first.Name}' and '{second.Name}'", first, due);
        return (scene.Second is null ? first : second).Reached.IsCompleted;
    }

    private void SetClock(DateTimeOffset now)
    {
        clock.Set(now);
        frozenClock.Set(now);
        Place.SetClock(now);
    }

    private Task StartUntil(StopPoint point, SteppedWorker worker)
    {
        stop = point;
        var thread = Task.Factory.StartNew(worker.Go, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task.WaitAny(point.Reached, thread);
        stop = null;
        return thread;
    }

    private void TakeOver(SteppedWorker others, bool finish)
    {
        SetClock(clock.GetUtcNow() + Silence);
        others.Recover();
        if (finish)
        {
            others.Go();
        }
    }

    private void End(SteppedWorker mine, SteppedWorker others)
    {
        var store = NewStore();
        for (var turn = 0; turn < 5; turn++)
        {
            SetClock(clock.GetUtcNow() + Silence);
            mine.Go();
            others.Go();
            if (store.GetOwners().Count == 0 && store.CountWaiting() == 0 && store.GetEarliestDelivery() is null)
            {
                return;
            }
        }
    }

    private void Check(string scene, StopPoint first, DateTimeOffset due)
    {
        var runs = NewStore().GetRuns(new RunFilter { Since = due });
        var found = new FleetCheck([("t1", due), ("t2", due)], [.. runs], [.. smtp.Messages], mayRepeat: false).Problems;
        problems.AddRange(found.Select(problem => $"{scene}: {problem}"));
        if (first.Name == $"{Ask} 1" && runs.Any(run => run.Outcome == RunOutcome.Held && smtp.Messages.Any(
            mail => mail.Message.Headers["X-Report-Run"] == run.Id)))
        {
            problems.Add($"{scene}: it asked again whether it may send, and sent what was another one's");
        }
    }

    private IReportStore Stopping(IReportStore real) => BrokenStore.Of(real,
        (method, _) =>
        {
            if (Changes.Contains(method) && !(isBeside && AloneIn.Contains(method)))
            {
                lastAsk = lastAsk == 0 ? asked ?? 0 : lastAsk;
                asked = null;
                stop?.Pass(method);
            }

            return false;
        },
        method =>
        {
            asked = method == nameof(IReportStore.PutDelivery) && !losesAnswer ? 0 : asked;
            if (losesAnswer && Changes.Contains(method))
            {
                stop?.Pass($"{method}, carried out");
            }
        });

    // it asks for each few bytes: the first time and the last one are all that differ
    private void AskToSend()
    {
        if (asked is { } before && smtp.Messages.IsEmpty && !isBeside)
        {
            asked = before + 1;
            if (asked == 1 || asked == lastAsk)
            {
                stop?.Pass($"{Ask} {asked}");
            }
        }
    }
}
