using ReportScheduler.Tests.Support;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Text;

public sealed class NearMissTests
{
    private static readonly string[] Names = ["Daily sales", "Weekly sales", "Stock", "db", "dbx", "Europe/Paris"];

    [Theory]
    // slips: a letter too few, too many, another, two swapped
    [InlineData("Dayly sales", "Daily sales")]
    [InlineData("Dialy sales", "Daily sales")]
    [InlineData("Stok", "Stock")]
    [InlineData("Stcok", "Stock")]
    // case, spaces and signs
    [InlineData("daily-sales", "Daily sales")]
    [InlineData("DAILYSALES", "Daily sales")]
    // a part
    [InlineData("Paris", "Europe/Paris")]
    [InlineData("sales", "Daily sales|Weekly sales")]
    [InlineData("Stock list", "Stock")]
    // nothing near
    [InlineData("Costs", "")]
    [InlineData("da", "")]
    [InlineData("***", "")]
    [InlineData("", "")]
    public void The_nearest_names_are_found(string word, string expected) =>
        Assert.Equal(expected, string.Join('|', NearMiss.Nearest(word, Names)));

    [Fact]
    public void The_nearest_comes_first_and_three_are_enough() =>
        Assert.Equal(" Did you mean 'sales 1', 'sales 2' or 'sales 3'?",
            NearMiss.Hint("sales", ["sales 22", "sales 1", "sales 2", "sales 3", "sales 4"]));

    [Theory]
    [InlineData("Europe/Pari", " Did you mean 'Europe/Paris'?")]
    [InlineData("europe paris", " Did you mean 'Europe/Paris'?")]
    [InlineData("Paris", " Did you mean 'Europe/Paris'?")]
    [InlineData("New York", " Did you mean 'America/New_York'?")]
    [InlineData("Romance Standart Time", " Did you mean 'Romance Standard Time'?")]
    [InlineData("Mars/Base", "")]
    // Etc/GMT+1 is an hour behind
    [InlineData("GMT+1",
        " It is an offset; 'Etc/GMT-1' has it all year (the sign of these names is the other way round), a place has its summer time too.")]
    public void A_misspelt_time_zone_is_answered_with_the_one_of_a_place(string id, string hint)
    {
        var error = Assert.Throws<ReportException>(() => Zones.Find(id));
        Assert.Equal($"'{id}' is not a time zone this computer knows.{hint} Give an IANA id such as Europe/Paris or a Windows id such as "
            + "'Romance Standard Time'.", error.Message);
    }

    [Theory]
    [InlineData("Get-ReportTask 'Dayly sales'", "TaskNotFound", "'Daily sales'")]
    [InlineData("Invoke-ReportTask 'Daily sale'", "TaskNotFound", "'Daily sales'")]
    [InlineData("Get-ReportRun daily", "TaskNotFound", "'Daily sales'")]
    [InlineData("Test-ReportConnection shpo", "ConnectionNotFound", "'shop'")]
    [InlineData("New-ReportTask x shpo -Query 'select 1' -Format Csv", "ConnectionNotFound", "'shop'")]
    [InlineData("Set-ReportTask 'Daily sales' -MailServer ofice", "MailServerNotFound", "'office'")]
    [InlineData("Set-ReportTask 'Daily sales' -Query 'select @sinse' -Parameters @{ since = 'today' }", "ParameterMissing", "'since'")]
    [InlineData("Set-ReportTask 'Daily sales' -TimeZone Europe/Pari", "UnknownTimeZone", "'Europe/Paris'")]
    [InlineData("Get-ReportSchedulerKey ic", "NotFound", null)]
    [InlineData("Get-ReportSchedulerKey cronjob.org", "NotFound", "'cron-job.org'")]
    public void Commands_name_what_was_perhaps_meant(string script, string id, string? meant)
    {
        using var session = new PowerShellSession();
        session.Run("""
            New-ReportConnection shop 'postgresql://ann:hunter2@erp/sales'; New-ReportMailServer office -PickupDirectory ./mail -From a@example.com
            New-ReportTask 'Daily sales' shop -Query 'select 1' -Format Csv; New-ReportSchedulerKey cron-job.org
            """).NoErrors();
        var error = session.Run(script).Error();
        Assert.StartsWith($"{id},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(meant is not null, error.Exception.Message.Contains($"Did you mean {meant}?", StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", error.Exception.Message, StringComparison.Ordinal);
    }
}
