using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>Runners of the built module on several machines that share a store, while this and that goes wrong.</summary>
/// <remarks>
/// A sample by default. REPORTSCHEDULER_FLEET=full is the whole; REPORTSCHEDULER_FLEET_DUE, _RUNNERS, _KILLS, _FREEZES and
/// _CRASHES are its numbers one by one. The lease is shorter than people have it, so that it ends while somebody waits.
/// </remarks>
public abstract class FleetContract : IDisposable
{
    private const int LeaseSeconds = 20;
    private const int EachTask = 20;

    /// <summary>So many are frozen at one time.</summary>
    private const int AtOnce = 2;
    private const string Work =
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) select i, i * 2 as twice from n";

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("REPORTSCHEDULER_FLEET") == "full";
    private static readonly TimeSpan Limit = IsFull ? TimeSpan.FromHours(2) : TimeSpan.FromMinutes(6);

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly StoreDatabase database;
    private readonly RelationalStore store;
    private readonly ConcurrentDictionary<int, Process> runners = new();
    private readonly ConcurrentQueue<string> told = new();
    private readonly List<(string TaskId, DateTimeOffset DueAt)> expected = [];
    private readonly ConcurrentDictionary<int, bool> spared = new();
    private readonly List<Task> frozen = [];

    private protected FleetContract(StoreDatabase database)
    {
        this.database = database;
        database.Make();
        store = new RelationalStore(DatabaseAddress.Parse(database.Address), folder, StoreScope.User);
        store.Connections.Put(
            new ReportConnection { Name = "mem", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" },
            PutMode.Add);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var runner in runners.Values.Where(runner => !runner.HasExited))
        {
            runner.Kill(entireProcessTree: true);
            runner.WaitForExit();
        }

        database.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(UncertainPolicy.Hold)]
    [InlineData(UncertainPolicy.Resend)]
    public async Task Each_due_time_has_one_run_and_one_mail_whatever_happens_to_the_runners(UncertainPolicy uncertain)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "processes are frozen with kill; run this on Linux");
        Assert.SkipWhen(uncertain == UncertainPolicy.Resend && !IsFull, "REPORTSCHEDULER_FLEET=full has both policies");
        using var smtp = Smtp();
        Add(Number("DUE", 200, 10_000), uncertain);
        using var relay = new RelayServer(Port());
        using var post = new RelayServer(smtp.Port, new IPEndPoint(OtherHost, smtp.Port));
        Process[] first = [Runner(0, relay.Port), Runner(1, clock: "+2h"), Runner(2, clock: "-2h"), Runner(3, isElsewhere: true)];
        var many = Number("RUNNERS", 4, 8);
        for (var i = first.Length; i < many; i++)
        {
            Runner(i);
        }

        (spared[first[0].Id], spared[first[3].Id]) = (true, true);
        // a runner that cannot reach its store when it starts ends, as it should
        await Until(() => database.Scalar("select count(*) from runner_info") == $"{many}");
        var hurts = Hurts();
        for (var hurt = 0; hurt < hurts.Length; hurt++)
        {
            await Progress(expected.Count / hurts.Length / 2);
            if (hurt == hurts.Length / 3)
            {
                // cut off from the mail server: its mail waits, and others send it
                post.Close();
            }

            if (hurt == hurts.Length / 2)
            {
                // cut off from the database: what it has is the others'
                relay.Dispose();
            }

            await hurts[hurt](many++);
        }

        post.Open();
        await Task.WhenAll(frozen);
        await Until(() => Open() == 0);
        AssertRuns(first[0], "the database");
        AssertRuns(first[3], "the mail server");
        Assert.Equal(MountSpace.CanBeMade, post.Connections > 0);
        var check = new FleetCheck(expected, Runs(), [.. smtp.Messages], uncertain == UncertainPolicy.Resend);
        Assert.True(check.Problems.Count == 0, string.Join('\n', check.Problems.Take(20)) + "\n" + string.Join('\n', told.TakeLast(20)));
        var runs = Runs();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{uncertain}: {runs.Count} due times, {runners.Count} runners, {runs.Count(run => run.Interruptions > 0)} runs cut off, "
            + $"{runs.Count(run => run.Outcome == RunOutcome.Held)} held, "
            + $"{runs.Count(run => run.Outcome == RunOutcome.Interrupted)} given up, "
            + $"{check.Repeated} mails twice");
    }

    [Fact]
    public async Task Runners_of_an_older_version_stop_taking_reports_when_the_tables_are_newer_and_nothing_is_lost()
    {
        using var smtp = Smtp();
        Add(80, UncertainPolicy.Hold);
        Runner(0);
        Runner(1);
        await Until(() => Open() < 70);
        database.Execute("update meta set value = '99' where name = 'version'");
        await Until(() => told.Count(line => line.Contains("written by a newer ReportScheduler", StringComparison.Ordinal)) >= 2);
        await Until(() => Running() == 0 || Open() == 0);
        var left = Open();
        await Task.Delay(TimeSpan.FromSeconds(4), Stop);
        Assert.Equal(left, Open());
        Assert.InRange(left, 1, 70);
        database.Execute($"update meta set value = '{RelationalSchema.Newest}' where name = 'version'");
        await Until(() => Open() == 0);
        Assert.Empty(new FleetCheck(expected, Runs(), [.. smtp.Messages], mayRepeat: false).Problems);
    }

    /// <summary>The port of the database, behind which a relay stands.</summary>
    private protected abstract int Port();

    /// <summary>The address of the store through another port.</summary>
    private string Through(int? port) => port is { } other
        ? database.Address.Replace($":{Port()}/", $":{other}/", StringComparison.Ordinal)
        : database.Address;

    /// <summary>Ends every connection to the database as a crash does; null where the test cannot.</summary>
    private protected virtual Action? Crash => null;

    /// <summary>Where the mail server is for the runner that is cut off from it.</summary>
    private static readonly IPAddress OtherHost = IPAddress.Parse("127.0.0.2");

    private Func<int, Task>[] Hurts()
    {
        var hurts = new List<Func<int, Task>>();
        hurts.AddRange(Enumerable.Repeat<Func<int, Task>>(KillBusiest, Number("KILLS", 3, 60)));
        hurts.AddRange(Enumerable.Repeat<Func<int, Task>>(Freeze, Number("FREEZES", 1, 25)));
        if (Crash is { } crash)
        {
            hurts.AddRange(Enumerable.Repeat<Func<int, Task>>(
                async _ =>
                {
                    crash();
                    await Until(() => Open() >= 0);
                },
                Number("CRASHES", 0, 4)));
        }

        var order = hurts.ToArray();
        Random.Shared.Shuffle(order);
        return order;
    }

    private void AssertRuns(Process runner, string lost) => Assert.False(
        runner.HasExited,
        $"The runner that lost {lost} has ended.\n{string.Join('\n', told.TakeLast(60))}");

    private Task KillBusiest(int next)
    {
        if (Busiest() is { } victim)
        {
            victim.Kill();
            victim.WaitForExit();
        }

        Runner(next);
        return Task.CompletedTask;
    }

    // others go on meanwhile, take what it had, and are hurt too
    private async Task Freeze(int next)
    {
        frozen.RemoveAll(thawing => thawing.IsCompleted);
        if (frozen.Count >= AtOnce)
        {
            await Task.WhenAny(frozen);
        }

        if (Busiest() is { } victim)
        {
            spared[victim.Id] = true;
            Signal(victim, "STOP");
            frozen.Add(Thaw(victim));
        }
    }

    private async Task Thaw(Process victim)
    {
        await Task.Delay(TimeSpan.FromSeconds(LeaseSeconds + 5), Stop);
        Signal(victim, "CONT");
        spared.TryRemove(victim.Id, out _);
    }

    /// <summary>The runner with the most runs, but not one that is hurt already, or is to lose what it needs.</summary>
    private Process? Busiest() => Runs(RunOutcome.Running).Where(run => run.Owner is not null)
        .GroupBy(run => int.Parse(run.Owner!.Split('/')[1], CultureInfo.InvariantCulture)).OrderByDescending(owner => owner.Count())
        .Select(owner => runners.GetValueOrDefault(owner.Key))
        .FirstOrDefault(runner => runner is { HasExited: false } && !spared.ContainsKey(runner.Id))
        ?? runners.Values.FirstOrDefault(runner => !runner.HasExited && !spared.ContainsKey(runner.Id));

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    private SmtpServer Smtp()
    {
        var smtp = new SmtpServer
        {
            Answer = _ =>
            {
                // so that a kill finds every part of the conversation
                Thread.Sleep(Random.Shared.Next(10));
                return null;
            },
        };
        store.MailServers.Put(
            new ReportMailServer { Name = "mail", SmtpHost = "localhost", Port = smtp.Port, Security = MailSecurity.None,
                From = "r@example.com", Timeout = TimeSpan.FromSeconds(20) }, PutMode.Add);
        return smtp;
    }

    private void Add(int due, UncertainPolicy uncertain)
    {
        var first = DateTimeOffset.FromUnixTimeSeconds(store.Clock.GetUtcNow().ToUnixTimeSeconds() - EachTask - 10);
        for (var i = 0; i < due / EachTask; i++)
        {
            store.PutTask(
                new ReportTask
                {
                    Id = $"t{i}",
                    Name = $"t{i}",
                    Connection = "mem",
                    Query = Work,
                    Cron = "* * * * * *",
                    TimeZone = "UTC",
                    StartAt = first,
                    EndAt = first.AddSeconds(EachTask - 1),
                    Format = [ReportFormat.Csv],
                    To = ["ada@example.com"],
                    MailServer = "mail",
                    Missed = MissedPolicy.RunAll,
                    MissedGrace = TimeSpan.FromDays(1),
                    Overlap = OverlapPolicy.Queue,
                    Uncertain = uncertain,
                    Retry = 2,
                    CreatedAt = first,
                },
                PutMode.Add,
                first);
            expected.AddRange(Enumerable.Range(0, EachTask).Select(second => ($"t{i}", first.AddSeconds(second))));
        }
    }

    private Process Runner(int number, int? port = null, string? clock = null, bool isElsewhere = false)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, $"machine{number}")).FullName;
        var variables = new Dictionary<string, string>
        {
            ["REPORTSCHEDULER_STORE"] = Through(port),
            ["REPORTSCHEDULER_LEASE_SECONDS"] = $"{LeaseSeconds}",
            ["XDG_DATA_HOME"] = home,
        };
        if (clock is not null && FakedClockTests.Library() is { } library)
        {
            (variables["LD_PRELOAD"], variables["FAKETIME"], variables["FAKETIME_DONT_FAKE_MONOTONIC"],
                variables["FAKETIME_FORCE_MONOTONIC_FIX"]) = (library, clock, "1", "0");
        }

        string[] command = ["dotnet", BuiltModule.Host, "-Command", "Start-ReportScheduler -MaxConcurrent 4"];
        if (isElsewhere && MountSpace.CanBeMade)
        {
            command = MountSpace.WithHosts(home, $"{OtherHost} localhost", command);
        }

        var process = HostProcess.Start(home, variables, command[0], command[1..]);
        process.OutputDataReceived += (_, line) => Tell(line.Data);
        process.ErrorDataReceived += (_, line) => Tell(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        runners[process.Id] = process;
        return process;
    }

    private void Tell(string? line)
    {
        if (line is { Length: > 0 })
        {
            told.Enqueue(line);
        }
    }

    private List<ReportRun> Runs(params RunOutcome[] outcomes) =>
        [.. store.GetRuns(new RunFilter { Outcomes = outcomes.Length == 0 ? null : outcomes })];

    /// <summary>How many due times are not over, without reading them all.</summary>
    private int Open() => expected.Count - Count("is_open = false");

    private int Running() => Count("owner is not null and is_open = true");

    private int Count(string condition) =>
        int.Parse(database.Scalar($"select count(*) from run where {condition}"), CultureInfo.InvariantCulture);

    private async Task Progress(int runs)
    {
        var before = Open();
        var patience = Stopwatch.StartNew();
        while (!Holds(() => Open() <= Math.Max(0, before - runs)) && patience.Elapsed < TimeSpan.FromSeconds(LeaseSeconds * 2))
        {
            await Task.Delay(300, Stop);
        }
    }

    private async Task Until(Func<bool> isSo)
    {
        var patience = Stopwatch.StartNew();
        while (!Holds(isSo))
        {
            if (patience.Elapsed > Limit)
            {
                Assert.Fail($"It did not come to that in time.\n{string.Join('\n', told.TakeLast(40))}");
            }

            await Task.Delay(500, Stop);
        }
    }

    // the database may be down this very moment
    private static bool Holds(Func<bool> isSo)
    {
        try
        {
            return isSo();
        }
        catch (Exception problem) when (problem is ReportException or System.Data.Common.DbException)
        {
            return false;
        }
    }

    private static int Number(string name, int sample, int full) =>
        Environment.GetEnvironmentVariable($"REPORTSCHEDULER_FLEET_{name}") is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : IsFull ? full : sample;
}
