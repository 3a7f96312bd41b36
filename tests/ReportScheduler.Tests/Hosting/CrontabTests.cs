using ReportScheduler.Hosting;

namespace ReportScheduler.Tests.Hosting;

public sealed class CrontabTests
{
    [Fact]
    public void A_line_is_added_changed_and_removed_and_the_others_stay()
    {
        if (ProgramPaths.Find("crontab") is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "crontab is missing: install the package cron");
            Assert.Skip("crontab is missing: install the package cron");
        }

        var name = $"Test {Guid.NewGuid():n}";
        const string Other = "# a line of somebody else";
        var line = new HostedFile(name, "*/5 * * * * true");
        Crontab.Install(new HostedFile(name + " other", Other));
        try
        {
            Crontab.Install(line);
            Assert.Empty(Crontab.Changes(line));
            Assert.Equal([$"The line of '{name}' in the crontab was changed."], Crontab.Changes(line with { Text = "0 9 * * * true" }));
            Crontab.Install(line with { Text = "0 9 * * * true" });
            Assert.Empty(Crontab.Changes(line with { Text = "0 9 * * * true" }));
            Crontab.Remove(name);
            Assert.Equal([$"The crontab has no line for '{name}'."], Crontab.Changes(line));
            Assert.Empty(Crontab.Changes(new HostedFile(name + " other", Other)));
        }
        finally
        {
            Crontab.Remove(name);
            Crontab.Remove(name + " other");
        }
    }
}
