using System.Diagnostics;
using ReportScheduler.Tests.Store.LiteDb;

namespace ReportScheduler.Tests.Store;

public sealed class ProcessTests : StoreFolderFixture
{
    [Fact]
    public async Task Four_processes_killed_while_writing_lose_nothing_acknowledged_and_leave_nothing_half_done()
    {
        var store = NewStore();
        store.PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        var acknowledged = new List<string>();
        var random = new Random(7);
        for (var round = 0; round < 3; round++)
        {
            var children = Enumerable.Range(0, 4).Select(i => StoreChild.Start("write", StorePath, $"{round}{i}")).ToList();
            var readers = children.ConvertAll(child => Task.Run(() => ReadLines(child)));
            // wait for a sign of life, then kill one after the other at points that differ from run to run
            var before = acknowledged.Count;
            WaitUntil(() => store.GetRuns(new RunFilter()).Count > before + 20, TimeSpan.FromSeconds(30));
            foreach (var child in children)
            {
                Thread.Sleep(random.Next(1, 60));
                child.Kill();
                child.WaitForExit();
            }

            foreach (var reader in readers)
            {
                acknowledged.AddRange(await reader);
            }

            children.ForEach(child => child.Dispose());
        }

        var runs = store.GetRuns(new RunFilter());
        var finished = runs.Where(run => run.Outcome == RunOutcome.Succeeded).Select(run => run.Id).ToHashSet();
        Assert.True(acknowledged.Count > 16);
        Assert.Empty(acknowledged.Except(finished));
        // history and count are one transaction; at most the one each process was at is there without its acknowledgement
        Assert.Equal(finished.Count, store.FindTask("a")!.RunCount);
        Assert.InRange(runs.Count - acknowledged.Count, 0, 12);
    }

    [Fact]
    public async Task A_thousand_due_instants_are_claimed_once_by_four_processes()
    {
        var store = NewStore();
        for (var i = 0; i < 40; i++)
        {
            store.PutTask(new ReportTask { Id = $"{i}", Name = $"t{i}", Overlap = OverlapPolicy.Parallel }, PutMode.Add, StoreChild.Noon);
        }

        var children = Enumerable.Range(0, 4).Select(i => StoreChild.Start("claim", StorePath, $"p{i}")).ToList();
        var readers = children.ConvertAll(child => Task.Run(() => ReadLines(child)));
        var claimed = (await Task.WhenAll(readers)).SelectMany(lines => lines).ToList();
        Assert.All(children, child => Assert.True(child.WaitForExit(30_000) && child.ExitCode == 0));
        children.ForEach(child => child.Dispose());
        Assert.Equal(1000, claimed.Count);
        Assert.Equal(1000, claimed.Distinct().Count());
        Assert.Equal(1000, store.GetRuns(new RunFilter()).Count);
    }

    [Fact]
    public void Processes_that_start_together_get_the_same_key()
    {
        var children = Enumerable.Range(0, 4).Select(i => StoreChild.Start("protect", StorePath, $"secret {i}")).ToList();
        var sealedTexts = children.ConvertAll(child => Assert.Single(ReadLines(child)));
        children.ForEach(child => child.Dispose());
        var store = NewStore();
        Assert.Equal(["secret 0", "secret 1", "secret 2", "secret 3"], sealedTexts.Select(store.Secrets.Unprotect));
    }

    // looks now and then: a tight loop would keep the children from the store
    private static void WaitUntil(Func<bool> condition, TimeSpan longest)
    {
        var waited = Stopwatch.StartNew();
        while (!condition() && waited.Elapsed < longest)
        {
            Thread.Sleep(50);
        }
    }

    private static List<string> ReadLines(Process child)
    {
        var lines = new List<string>();
        while (child.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
        }
        // the last line of a killed process may be cut
        if (lines.Count > 1 && !lines[^1].Contains(' ') && child.HasExited && child.ExitCode != 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }
}
