using ReportScheduler.Store;

namespace ReportScheduler.Tests.Runs;

public sealed class RunnerRegistryTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly IRunnerRegistry registry;

    public RunnerRegistryTests() => registry = fixture.Store.Runners;

    private string Folder => Path.Combine(fixture.Folder, "runners");

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_runner_whose_process_is_there_is_alive_however_long_it_was_silent()
    {
        registry.Write(Runner("here", RunOwner.Create()));
        fixture.Clock.Advance(TimeSpan.FromHours(9));
        Assert.Equal("here", Assert.Single(registry.List()).Id);
    }

    [Fact]
    public void Of_a_runner_elsewhere_only_its_last_word_tells()
    {
        registry.Write(Runner("far", "elsewhere/1/1/1"));
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(registry.List());
        fixture.Clock.Advance(TimeSpan.FromHours(9));
        Assert.Empty(registry.List());
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_is_one_error_and_the_end_of_a_runner_none()
    {
        File.WriteAllText(Folder, "a file");
        Assert.Equal(nameof(StoreErrors.RunnersUnreachable),
            Assert.Throws<ReportException>(() => registry.Write(Runner("here", RunOwner.Create()))).ErrorId);
        Assert.Equal(Folder, Assert.Throws<ReportException>(() => registry.RequestStop("here")).ErrorTarget);
        registry.Remove("here");
        Assert.Empty(registry.List());
    }

    private static ReportSchedulerInfo Runner(string id, string owner) =>
        new() { Id = id, Owner = owner, StartedAt = RunFixture.Noon, SeenAt = RunFixture.Noon };
}
