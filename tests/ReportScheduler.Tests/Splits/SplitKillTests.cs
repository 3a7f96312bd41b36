using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Splits;

/// <summary>Runners of the built module that are killed while they send the parts of a split report.</summary>
/// <remarks>A sample by default. REPORTSCHEDULER_SPLIT_KILLS=20 is the number of kills, of 300 parts then.</remarks>
public sealed class SplitKillTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly SplitFixture fixture = new();
    private readonly List<Process> processes = [];

    public void Dispose()
    {
        processes.ForEach(Kill);
        fixture.Dispose();
    }

    [Fact]
    public async Task A_split_report_whose_runner_is_killed_again_and_again_goes_on_without_querying_and_nobody_gets_it_twice_under_hold()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("REPORTSCHEDULER_SPLIT_KILLS") ?? "2", CultureInfo.InvariantCulture);
        var keys = kills > 2 ? 300 : 60;
        fixture.Smtp.Answer = _ =>
        {
            // so that a kill finds every part of the conversation
            Thread.Sleep(Random.Shared.Next(10));
            return null;
        };
        // each query would give other numbers
        fixture.Add(task => (task.Query, task.Every, task.Uncertain, task.Missed, task.MissedGrace, task.Retry) = (
            $"with recursive t(i) as (select 0 union all select i + 1 from t where i < {(keys * 3) - 1}) select 'reader' || (i % {keys}) "
                + "|| '@x.org' as reader, i, random() as once from t",
            TimeSpan.FromDays(9000), UncertainPolicy.Hold, MissedPolicy.RunOnce, TimeSpan.FromDays(9000), 2));
        for (var kill = 0; kill < kills; kill++)
        {
            var before = fixture.Smtp.Messages.Count;
            var runner = Start();
            await Until(() => fixture.Smtp.Messages.Count > before || runner.HasExited || IsOver());
            await Task.Delay(Random.Shared.Next(200), TestContext.Current.CancellationToken);
            Kill(runner);
        }

        Start();
        await Until(IsOver);
        var run = Assert.Single(fixture.Store.GetRuns(new RunFilter()), each => each.Trigger == RunTrigger.Schedule);
        var mails = fixture.Smtp.Messages.ToLookup(mail => mail.Message.MessageId!);
        Assert.Equal(keys, run.Deliveries.Count(delivery => !delivery.IsNotice));
        Assert.Equal(keys, run.Deliveries.Select(delivery => delivery.Key).OfType<string>().Distinct().Count());
        Assert.Equal(1, run.Attempt - run.Interruptions);
        foreach (var delivery in run.Deliveries.Where(delivery => !delivery.IsNotice))
        {
            var sent = mails[delivery.MessageId!.Trim('<', '>')].ToList();
            Assert.True(delivery.State is DeliveryState.Sent or DeliveryState.Uncertain,
                $"{delivery.Key} is {delivery.State}: {delivery.Error}");
            Assert.InRange(sent.Count, delivery.State == DeliveryState.Sent ? 1 : 0, 1);
            Assert.All(sent, mail => Assert.Equal(delivery.Key, Assert.Single(mail.To)));
            Assert.All(sent, mail => Assert.All(SplitFixture.Lines(mail.Message),
                line => Assert.StartsWith($"{delivery.Key},", line, StringComparison.Ordinal)));
        }

        // what was sent was made once: every message is one of the ledger
        Assert.Subset(run.Deliveries.Select(delivery => delivery.MessageId!.Trim('<', '>')).ToHashSet(),
            mails.Select(mail => mail.Key).ToHashSet());
        var doubtful = run.Deliveries.Count(delivery => delivery.State == DeliveryState.Uncertain);
        Assert.InRange(doubtful, 0, kills);
        Assert.Equal(doubtful > 0 ? RunOutcome.Held : RunOutcome.Succeeded, run.Outcome);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kills} kills, {run.Interruptions} of them in the run: {keys} parts, {mails.Count} mails, {doubtful} held");
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static async Task Until(Func<bool> isSo)
    {
        var patience = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(patience.Elapsed < Limit, "It did not come to that in time.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private bool IsOver() => fixture.Store.GetRuns(new RunFilter()) is [_, ..] runs && runs.All(run => run.IsFinal);

    private Process Start()
    {
        var process = HostProcess.Start(
            fixture.Folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = fixture.Store.Address }, "-Command",
            "Start-ReportScheduler -MaxConcurrent 2");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        processes.Add(process);
        return process;
    }
}
