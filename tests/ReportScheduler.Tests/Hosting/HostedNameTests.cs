using ReportScheduler.Hosting;

namespace ReportScheduler.Tests.Hosting;

public sealed class HostedNameTests
{
    [Fact]
    public void The_usual_store_has_the_plain_name_and_others_a_mark_of_their_path()
    {
        Assert.Equal("Runner", HostedName.Of("Runner", "/var/lib/a.db", "/var/lib/a.db"));
        Assert.Matches("^Runner-[0-9a-f]{8}$", HostedName.Of("Runner", "/srv/a.db", "/var/lib/a.db"));
        Assert.NotEqual(HostedName.Of("Runner", "/srv/a.db", "/x"), HostedName.Of("Runner", "/srv/b.db", "/x"));
    }

    [Fact]
    public void Names_that_differ_in_signs_only_stay_apart_in_the_Task_Scheduler()
    {
        string[] names = ["Daily sales", "Daily/sales", "Daily-sales", @"Daily\sales", "Daily:sales", "Daily sales.", "Täglich & \"mehr\""];
        Assert.Equal(names.Length, names.Select(HostedName.Task).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names,
            name => Assert.DoesNotContain(HostedName.Task(name), letter => "\\/:*?\"<>|".Contains(letter, StringComparison.Ordinal)));
        Assert.Equal("Daily sales", HostedName.Task("Daily sales"));
    }
}
