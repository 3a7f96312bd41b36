using System.Diagnostics;
using System.Diagnostics.Metrics;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>How often the file of the store is opened: each time costs milliseconds, and keeps all others out.</summary>
public sealed class StoreOpensTests : IDisposable
{
    private const int Most = 8;
    private const int Warm = 3;
    private const int Counted = 10;
    private readonly RunFixture fixture = new();
    private readonly SmtpServer smtp = new();

    public StoreOpensTests() => fixture.Store.MailServers.Put(
        new ReportMailServer { Name = "office", SmtpHost = "127.0.0.1", Port = smtp.Port, Security = MailSecurity.None,
            From = "r@example.com" }, PutMode.Add);

    public void Dispose()
    {
        smtp.Dispose();
        fixture.Dispose();
    }

    [Theory]
    // one a second; with a history that is full; with an owner who hears of failures; one now and then
    [InlineData("* * * * * *", 1, 100, null)]
    [InlineData("* * * * * *", 1, 3, null)]
    [InlineData("* * * * * *", 1, 100, "owner@example.com")]
    [InlineData("*/20 * * * * *", 20, 100, null)]
    public void A_mailed_report_opens_the_store_eight_times_at_most(string cron, int seconds, int keep, string? owner)
    {
        fixture.AddTask("t", task => (task.Every, task.StartAt, task.Cron, task.TimeZone, task.MailServer, task.KeepRuns, task.Owner) =
            (null, null, cron, "UTC", "office", keep, owner));
        var callers = new List<string>();
        using var listener = Listen(callers);
        var finished = 0;
        using var enough = new CancellationTokenSource();
        using var loop = new RunnerLoop(fixture.Store, fixture.Clock, new RunnerOptions { MaxConcurrent = 2 });
        loop.Run(
            happened =>
            {
                if (happened is not RunnerEvent.Finished(var run, _))
                {
                    return;
                }

                Assert.Equal(RunOutcome.Succeeded, run.Outcome);
                if (++finished == Warm)
                {
                    lock (callers)
                    {
                        callers.Clear();
                    }
                }

                if (finished == Warm + Counted)
                {
                    // what ending costs is another matter
                    listener.Dispose();
                    enough.Cancel();
                }
                else
                {
                    fixture.Clock.Advance(TimeSpan.FromSeconds(seconds));
                }
            },
            enough.Token);
        Assert.Equal(Warm + Counted, smtp.Messages.Count);
        lock (callers)
        {
            var all = callers.CountBy(caller => caller).OrderByDescending(caller => caller.Value)
                .Select(caller => $"{caller.Value} {caller.Key}");
            // The loop itself asks now and then what others changed, and more often on a slow machine. One more
            // for each report would be ten.
            Assert.True(callers.Count <= (Most * Counted) + (Counted / 2),
                $"{callers.Count} opens for {Counted} reports:\n{string.Join('\n', all)}");
        }
    }

    [Fact]
    public void A_runner_with_nothing_to_do_leaves_the_store_closed_until_another_process_changes_it()
    {
        const int Looks = 100;
        var far = fixture.AddTask("t", task => (task.Every, task.StartAt) = (TimeSpan.FromDays(9), RunFixture.Noon.AddDays(9)));
        var other = StoreFile.Open(fixture.Store.Address, StoreScope.User, clock: fixture.Clock);
        var callers = new List<string>();
        using var listener = Listen(callers);
        RunnerLoop? loop = null;
        var (looks, opens) = (0, -1);
        // it asks for the version at each look
        var store = BrokenStore.Of(fixture.Store, (method, _) =>
        {
            if (method == $"get_{nameof(IReportStore.DefinitionVersion)}" && loop is not null)
            {
                Look();
            }

            return false;
        });
        using var enough = new CancellationTokenSource();
        using var running = loop = new RunnerLoop(store, fixture.Clock, new RunnerOptions());
        loop.Run(
            happened =>
            {
                if (happened is RunnerEvent.Finished)
                {
                    enough.Cancel();
                }
            },
            enough.Token);
        Assert.Single(fixture.Runs("t"));
        Assert.Equal(0, opens);

        void Look()
        {
            switch (++looks)
            {
                case Looks / 4:
                    // what was changed a moment ago may be changed again without a trace
                    File.SetLastWriteTimeUtc(fixture.Store.Address, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
                    break;
                case Looks / 2:
                    lock (callers)
                    {
                        callers.Clear();
                    }

                    break;
                case Looks:
                    lock (callers)
                    {
                        opens = callers.Count;
                    }

                    other.AddRun(new ReportRun { Id = RunIds.Create(RunFixture.Noon), TaskId = far.Id, TaskName = far.Name,
                        Trigger = RunTrigger.Http, DueAt = RunFixture.Noon });
                    break;
            }

            // some looks are a beat; what is found after the last one takes its real time
            if (looks < Looks + 10)
            {
                fixture.Clock.Advance(TimeSpan.FromSeconds(5));
                loop.Tell("look");
            }
        }
    }

    /// <summary>Notes who opens the store of this test.</summary>
    private MeterListener Listen(List<string> callers)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, to) =>
            {
                if (instrument.Meter.Name == LiteStoreFile.MeterName)
                {
                    to.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == LiteStoreFile.PathTag && (string?)tag.Value == fixture.Store.Address)
                {
                    lock (callers)
                    {
                        callers.Add(string.Join(" < ", new StackTrace().GetFrames().Select(frame => frame.GetMethod()!)
                            .Where(method => method.DeclaringType?.Assembly == typeof(LiteStoreFile).Assembly
                                && method.DeclaringType != typeof(LiteStoreFile) && !method.Name.StartsWith('<'))
                            .Take(4).Select(method => $"{method.DeclaringType!.Name}.{method.Name}")));
                    }
                }
            }
        });
        listener.Start();
        return listener;
    }
}
