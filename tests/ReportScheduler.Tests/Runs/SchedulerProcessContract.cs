using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Runs;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>The two promises of the scheduler, kept by processes of the built module: once, and not lost.</summary>
/// <remarks>
/// A sample by default. REPORTSCHEDULER_DUE=1000 is the number of due instants of the first test, REPORTSCHEDULER_KILLS=200
/// the number of kills of the second.
/// </remarks>
public abstract class SchedulerProcessContract : IDisposable
{
    private const string Slow =
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) select i, i * 2 as twice from n";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly IReportStore store;
    private readonly List<Process> processes = [];

    private readonly IDisposable? place;

    /// <param name="open">Opens an empty store, with what is to be removed at the end.</param>
    private protected SchedulerProcessContract(Func<string, (IReportStore Store, IDisposable? Place)> open)
    {
        (store, place) = open(folder);
        store.Connections.Put(
            new ReportConnection { Name = "mem", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" },
            PutMode.Add);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string MailFolder => Path.Combine(folder, "mail");

    public void Dispose()
    {
        foreach (var process in processes)
        {
            Kill(process);
        }

        place?.Dispose();
        GC.SuppressFinalize(this);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Two_runners_and_an_operating_system_task_run_each_due_instant_once_and_manual_runs_come_on_top()
    {
        const int Instants = 10;
        var tasks = Number("REPORTSCHEDULER_DUE", 60) / Instants;
        store.MailServers.Put(new ReportMailServer { Name = "mail", PickupDirectory = MailFolder, From = "r@example.com" }, PutMode.Add);
        var start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3);
        for (var i = 0; i < tasks; i++)
        {
            Add($"t{i}", "* * * * * *", start, start.AddSeconds(Instants - 1), "select 1 as one");
        }

        var over = Path.Combine(folder, "over");
        Process[] runners = [Start("Start-ReportScheduler -MaxConcurrent 4"), Start("Start-ReportScheduler -MaxConcurrent 4")];
        Start($"while (-not [IO.File]::Exists('{over}')) {{ $null = Invoke-ReportTask -Due -ErrorAction Stop }}");
        var manual = Start("foreach ($i in 1..10) { $null = Invoke-ReportTask t0 -ErrorAction Stop }; 'ten'");
        await Until(() => Scheduled().Count(run => run.IsFinal) >= tasks * Instants);
        await manual.WaitForExitAsync(Stop);
        var registry = store.Runners;
        foreach (var runner in registry.List())
        {
            registry.RequestStop(runner.Id);
        }

        await File.WriteAllTextAsync(over, "", Stop);
        foreach (var process in processes)
        {
            await process.WaitForExitAsync(Stop);
            Assert.Equal(0, process.ExitCode);
        }

        var runs = Scheduled();
        Assert.Equal(tasks * Instants, runs.Count);
        Assert.Equal(tasks * Instants, runs.DistinctBy(run => (run.TaskId, run.DueAt)).Count());
        Assert.All(runs, run => Assert.Equal((RunOutcome.Succeeded, null), (run.Outcome, run.Error)));
        Assert.Equal(tasks * Instants + 10, Directory.GetFiles(MailFolder, "*.eml").Length);
        Assert.Equal(10, store.GetRuns(new RunFilter()).Count(run => run.Trigger == RunTrigger.Manual));
    }

    [Fact]
    public async Task A_runner_that_is_killed_at_any_moment_loses_no_report_and_doubles_no_mail_that_it_did_not_doubt()
    {
        using var smtp = new SmtpServer
        {
            Answer = _ =>
            {
                // so that a kill finds every part of the conversation
                Thread.Sleep(Random.Shared.Next(15));
                return null;
            },
        };
        store.MailServers.Put(MailFixture("mail", smtp.Port), PutMode.Add);
        var kills = Number("REPORTSCHEDULER_KILLS", 3);
        var expected = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            // there is always something to do, in several tasks
            for (; Scheduled().Count(run => run.IsFinal) > expected - 40; expected += 20)
            {
                var first = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60);
                Add($"batch{expected}", "* * * * * *", first, first.AddSeconds(19), Slow);
            }

            var runner = Start("Start-ReportScheduler -MaxConcurrent 4");
            await Until(() => !smtp.Commands.IsEmpty || runner.HasExited);
            smtp.Commands.Clear();
            await Task.Delay(Random.Shared.Next(1200), Stop);
            Kill(runner);
        }

        var last = Start("Start-ReportScheduler -MaxConcurrent 4");
        await Until(() => Scheduled() is var all && all.Count == expected && all.All(run => run.IsFinal));
        Kill(last);
        var runs = Scheduled();
        Assert.Equal(expected, runs.DistinctBy(run => (run.TaskId, run.DueAt)).Count());
        var mails = smtp.Messages.CountBy(mail => mail.Message.MessageId!).ToDictionary();
        foreach (var run in runs)
        {
            if (run.Outcome == RunOutcome.Interrupted)
            {
                // more when the one that was to record it was killed as well
                Assert.Equal((nameof(RunErrors.RunInterruptedOften), true), (run.ErrorId, run.Interruptions >= 3));
                continue;
            }

            // doubtful a second time it waits for a person
            Assert.Equal(Doubts(run) > 0 && run.Outcome == RunOutcome.Held ? RunOutcome.Held : RunOutcome.Succeeded, run.Outcome);
            var sent = mails.GetValueOrDefault(Assert.Single(run.Deliveries).MessageId!.Trim('<', '>'));
            Assert.InRange(sent, run.Outcome == RunOutcome.Held ? 0 : 1, 1 + Doubts(run));
        }

        Assert.InRange(mails.Count, runs.Count(run => run.Outcome == RunOutcome.Succeeded),
            runs.Count(run => run.Outcome is RunOutcome.Succeeded or RunOutcome.Held));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills: {runs.Count} runs, {runs.Count(run => run.Interruptions > 0)} interrupted and taken up again, "
            + $"{runs.Count(run => Doubts(run) > 0)} with a doubtful mail, {mails.Count(mail => mail.Value > 1)} doubled, "
            + $"{runs.Count(run => run.Outcome == RunOutcome.Interrupted)} given up after three interruptions");
    }

    [Fact]
    public async Task Reports_that_wait_for_a_place_at_their_server_keep_no_runner_from_the_others()
    {
        const int Few = 12;
        const int Free = 8;
        store.MailServers.Put(new ReportMailServer { Name = "mail", PickupDirectory = MailFolder, From = "r@example.com" }, PutMode.Add);
        store.Connections.Put(new ReportConnection { Name = "few", Provider = ReportProvider.Sqlite,
            ConnectionString = "Data Source=:memory:", MaxConcurrent = 2 }, PutMode.Add);
        var first = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60);
        foreach (var i in Enumerable.Range(0, Few + Free))
        {
            Add($"t{i:00}", "* * * * * *", first.AddSeconds(i), first.AddSeconds(i + 0.5), "select 1 as one", i < Few ? "few" : "mem");
        }

        var places = new DatabaseSources(store).PlacesOf(store.FindTask("t00")!);
        var held = new[] { ServerSlots.Take(store, places, Stop), ServerSlots.Take(store, places, Stop) };
        Process[] runners = [Start("Start-ReportScheduler -MaxConcurrent 2"), Start("Start-ReportScheduler -MaxConcurrent 2")];
        await Until(() => Scheduled().Count(run => run.IsFinal) >= Free);
        var waiting = Scheduled().Where(run => !run.IsFinal).ToList();
        Assert.True(Few == waiting.Count, string.Join('\n', Scheduled().Select(run => $"{run.TaskName} {run.Outcome} {run.Error}")));
        Assert.All(waiting, run => Assert.Null(run.StartedAt));
        Array.ForEach(held, place => place.Dispose());
        await Until(() => Scheduled().Count(run => run.IsFinal) == Few + Free);
        Array.ForEach(runners, Kill);
        Assert.All(Scheduled(), run => Assert.Equal((RunOutcome.Succeeded, 1), (run.Outcome, run.Attempt)));
    }

    /// <summary>Runners that share a store while one or the other is killed, or frozen for a while.</summary>
    private protected async Task Share(int runners, int hurts, Action<Process> freeze, Action<Process> thaw)
    {
        store.MailServers.Put(new ReportMailServer { Name = "mail", PickupDirectory = MailFolder, From = "r@example.com" }, PutMode.Add);
        var first = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60);
        for (var i = 0; i < 8; i++)
        {
            Add($"t{i}", "* * * * * *", first, first.AddSeconds(19), Slow);
        }

        var alive = Enumerable.Range(0, runners).Select(_ => Start("Start-ReportScheduler -MaxConcurrent 2")).ToList();
        for (var hurt = 0; hurt < hurts; hurt++)
        {
            var before = Scheduled().Count(run => run.IsFinal);
            await Until(() => Scheduled().Count(run => run.IsFinal) is var over && (over >= before + 10 || over == 160));
            var victim = alive[Random.Shared.Next(alive.Count)];
            freeze(victim);
            await Task.Delay(Random.Shared.Next(500, 2000), Stop);
            if (hurt % 2 == 0)
            {
                Kill(victim);
                alive.Remove(victim);
                alive.Add(Start("Start-ReportScheduler -MaxConcurrent 2"));
            }
            else
            {
                thaw(victim);
            }
        }

        await Until(() => Scheduled() is var all && all.Count == 160 && all.All(run => run.IsFinal));
        alive.ForEach(Kill);
        var runs = Scheduled();
        Assert.Equal(160, runs.DistinctBy(run => (run.TaskId, run.DueAt)).Count());
        Assert.All(runs, run => Assert.Equal((RunOutcome.Succeeded, null), (run.Outcome, run.Error)));
        // no two of one task at once
        Assert.All(runs.GroupBy(run => run.TaskId), task => Assert.All(
            task.OrderBy(run => run.StartedAt).Zip(task.OrderBy(run => run.StartedAt).Skip(1)),
            pair => Assert.True(pair.First.FinishedAt <= pair.Second.StartedAt || pair.First.Attempt + pair.Second.Attempt > 2)));
        var mails = Directory.GetFiles(MailFolder, "*.eml").CountBy(mail => MimeKit.MimeMessage.Load(mail).MessageId!).ToDictionary();
        Assert.All(runs,
            run => Assert.InRange(mails.GetValueOrDefault(Assert.Single(run.Deliveries).MessageId!.Trim('<', '>')), 1, 1 + Doubts(run)));
        Assert.Equal(160, mails.Count);
    }

    private static int Doubts(ReportRun run) =>
        run.Warnings.Count(warning => warning.EndsWith("may arrive twice.", StringComparison.Ordinal));

    private static ReportMailServer MailFixture(string name, int port) => new()
    {
        Name = name,
        SmtpHost = "127.0.0.1",
        Port = port,
        Security = MailSecurity.None,
        From = "r@example.com",
        Timeout = TimeSpan.FromSeconds(20),
    };

    private protected static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static async Task Until(Func<bool> isSo)
    {
        var patience = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(patience.Elapsed < Limit, "It did not come to that in time.");
            await Task.Delay(300, Stop);
        }
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private List<ReportRun> Scheduled() => [.. store.GetRuns(new RunFilter()).Where(run => run.Trigger == RunTrigger.Schedule)];

    private Process Start(string text)
    {
        var process =
            HostProcess.Start(folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = store.Address }, "-Command", text);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        processes.Add(process);
        return process;
    }

    private void Add(string name, string cron, DateTimeOffset first, DateTimeOffset last, string query, string connection = "mem") =>
        store.PutTask(
        new ReportTask
        {
            Id = name,
            Name = name,
            Connection = connection,
            Query = query,
            Cron = cron,
            TimeZone = "UTC",
            StartAt = first,
            EndAt = last,
            Format = [ReportFormat.Csv],
            To = ["ada@example.com"],
            MailServer = "mail",
            Missed = MissedPolicy.RunAll,
            MissedGrace = TimeSpan.FromDays(1),
            Overlap = OverlapPolicy.Queue,
            Uncertain = UncertainPolicy.Resend,
            Retry = 2,
            CreatedAt = first,
        },
        PutMode.Add,
        first);
}
