using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Runs;

public sealed class RunnerRegistryTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly RunnerRegistry registry;

    public RunnerRegistryTests() => registry = new RunnerRegistry(fixture.Store);

    private string Folder => Path.Combine(fixture.Folder, "runners");

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_runner_whose_process_is_there_is_alive_however_long_it_was_silent()
    {
        registry.Write(Runner("here", RunOwner.Create()));
        Assert.Equal("here", Assert.Single(registry.List(RunFixture.Noon.AddHours(9))).Id);
    }

    [Fact]
    public void Of_a_runner_elsewhere_only_its_last_word_tells()
    {
        registry.Write(Runner("far", "elsewhere/1/1/1"));
        Assert.Single(registry.List(RunFixture.Noon.AddMinutes(1)));
        Assert.Empty(registry.List(RunFixture.Noon.AddHours(9)));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_is_one_error_and_the_end_of_a_runner_none()
    {
        File.WriteAllText(Folder, "a file");
        Assert.Equal(nameof(RunErrors.RunnersUnreachable), Assert.Throws<ReportException>(() => registry.Write(Runner("here", RunOwner.Create()))).ErrorId);
        Assert.Equal(Folder, Assert.Throws<ReportException>(() => registry.RequestStop("here")).ErrorTarget);
        registry.Remove("here");
        Assert.Empty(registry.List(RunFixture.Noon));
    }

    private static ReportSchedulerInfo Runner(string id, string owner) => new() { Id = id, Owner = owner, StartedAt = RunFixture.Noon, SeenAt = RunFixture.Noon };
}
