using ReportScheduler.Tests.Store;
using ReportScheduler.Tests.Store.LiteDb;

namespace ReportScheduler.Tests.Files;

public sealed class StoreLockTests : StoreFolderFixture
{
    /// <summary>Each takes the lock again at once, and writes its name while it has it.</summary>
    [Fact]
    public async Task Processes_that_want_the_lock_all_the_time_take_turns()
    {
        NewStore().PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        string[] names = ["p", "q", "r"];
        var children = names.Select(name => StoreChild.Start("take turns", StorePath, name)).ToList();
        foreach (var child in children)
        {
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, child.ExitCode);
            child.Dispose();
        }

        var turns = await File.ReadAllTextAsync(StorePath + ".turns", TestContext.Current.CancellationToken);
        var together = turns[names.Max(name => turns.IndexOf(name, StringComparison.Ordinal))..][..StoreTurns.Wanted];
        Assert.All(names, name => Assert.InRange(together.Count(turn => turn == name[0]), StoreTurns.Wanted / 6, StoreTurns.Wanted));
    }
}
