using ReportScheduler.Files;
using ReportScheduler.Tests.Store;
using ReportScheduler.Tests.Store.LiteDb;

namespace ReportScheduler.Tests.Files;

public sealed class StoreWatchdogTests : StoreFolderFixture
{
    [Theory]
    // the thread that has the lock hangs
    [InlineData("hang")]
    // and so does whoever reads what is written on standard error
    [InlineData("hang deaf")]
    public async Task A_process_whose_operation_hangs_ends_and_gives_the_lock_back(string how)
    {
        NewStore().PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        using var child = StoreChild.Start(how, StorePath, "2");
        Assert.Equal("has the lock", await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (how == "hang")
        {
            Assert.Equal(StoreWatchdog.ExitCode, child.ExitCode);
            var said = await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Contains($"One operation on the store '{StorePath}' has been hanging for 2 seconds", said, StringComparison.Ordinal);
        }
        else
        {
            Assert.NotEqual(0, child.ExitCode);
        }

        Assert.Single(NewStore().GetTasks());
    }

    [Fact]
    public async Task An_operation_that_says_that_it_gets_on_and_one_that_waits_for_the_lock_are_left_alone()
    {
        NewStore().PutTask(new ReportTask { Id = "1", Name = "a" }, PutMode.Add, null);
        using var child = StoreChild.Start("get on", StorePath, "2");
        using var waiting = StoreChild.Start("wait", StorePath, "2");
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        await waiting.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (child.ExitCode, waiting.ExitCode));
    }
}
