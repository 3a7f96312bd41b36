using ReportScheduler.Hosting;

namespace ReportScheduler.Tests.Hosting;

public sealed class CronLineTests
{
    [Theory]
    [InlineData("0 9 * * MON-FRI", "0 9 * * 1,2,3,4,5", null)]
    [InlineData("0 22-2 1 NOV-FEB *", "0 0,1,2,22,23 1 1,2,11,12 *", null)]
    [InlineData("@daily", "0 0 * * *", null)]
    [InlineData("0 6 13 * FRI", null, "cron takes a day that matches either day field, where both must match here")]
    [InlineData("0 6 L * *", null, "cron has neither L nor W nor #")]
    [InlineData("30 0 6 * * *", null, "cron has no seconds")]
    public void Fields_are_written_as_every_cron_reads_them(string cron, string? line, string? why)
    {
        var native = CronLine.Of(HostedSamples.Task(cron), HostedSamples.Now, TimeZoneInfo.Utc);
        Assert.Equal((line, why), (native.Triggers.SingleOrDefault(), native.WhyNot));
    }

    [Fact]
    public void Another_zone_is_left_to_the_dispatcher() => Assert.Equal(
        "cron counts in this computer's zone UTC, not in Asia/Tokyo",
        CronLine.Of(HostedSamples.Task("0 9 * * *", "Asia/Tokyo"), HostedSamples.Now, TimeZoneInfo.Utc).WhyNot);

    [Fact]
    public void The_command_is_quoted_for_cron_and_for_sh()
    {
        var command = HostedCommand.CronLine(HostedSamples.Job(HostedWork.Dispatcher));
        Assert.DoesNotMatch(@"(?<!\\)%", command);
        Assert.Contains(@"'\''/var/lib/report-scheduler/it'\'''\''s $HOME.db'\''", command, StringComparison.Ordinal);
    }
}
