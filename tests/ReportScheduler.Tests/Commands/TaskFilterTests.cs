using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

public sealed class TaskFilterTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public TaskFilterTests() => session.Run(
        "New-ReportConnection mem ':memory:'; New-ReportConnection shop-1 ':memory:'; "
            + "New-ReportMailServer pickup -PickupDirectory mail -From r@example.com; "
        + "New-ReportTask a mem -Query 'select 1' -Format Csv -Owner 'Boss <boss@example.com>'; "
        + "New-ReportTask b shop-1 -Query 'select * from gone' -Format Csv -Enabled $false; "
        + "New-ReportTask c mem -Dataset (New-ReportDataset x -Query 'select 1'), (New-ReportDataset y -Query 'select 2' -Connection "
        + "shop-1) -Format Csv -Owner it@example.com; "
        + "Invoke-ReportTask a; Invoke-ReportTask b -ErrorAction Ignore").NoErrors();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("-Connection mem", "a c")]
    [InlineData("-Connection shop*", "b c")]
    [InlineData("-Connection shop*, mem", "a b c")]
    [InlineData("-Connection x", "")]
    [InlineData("-Enabled", "a c")]
    [InlineData("-Enabled:$false", "b")]
    [InlineData("-Enabled $true", "a c")]
    [InlineData("-Enabled $false", "b")]
    [InlineData("-LastOutcome Failed", "b")]
    [InlineData("-LastOutcome Failed, Succeeded", "a b")]
    [InlineData("-Owner *boss*", "a")]
    [InlineData("-Owner it@example.com, *boss*", "a c")]
    [InlineData("-Owner boss@example.com", "a")]
    [InlineData("-Owner ''", "b")]
    [InlineData("[ab] -Connection shop* -Enabled:$false -LastOutcome Failed", "b")]
    [InlineData("a -Connection shop*", "")]
    public void Tasks_are_found_by_what_they_are(string filter, string names) =>
        Assert.Equal(names, string.Join(' ', session.Run($"Get-ReportTask {filter} | ForEach-Object Name").NoErrors().Output));

    [Theory]
    [InlineData("-AddTo b@example.com", "a@example.com b@example.com", 0)]
    [InlineData("-AddTo 'b@example.com; C <c@example.com>'", "a@example.com b@example.com C <c@example.com>", 0)]
    [InlineData("-AddTo A@EXAMPLE.com", "a@example.com", 0)]
    [InlineData("-AddTo b@example.com -RemoveTo 'Ann <a@example.com>'", "b@example.com", 0)]
    [InlineData("-RemoveTo z@example.com -AddTo b@example.com", "a@example.com b@example.com", 1)]
    [InlineData("-To x@example.com -AddTo y@example.com", "x@example.com y@example.com", 0)]
    [InlineData("-AddCc c@example.com -RemoveBcc b@example.com", "a@example.com / c@example.com /", 1)]
    public void Addresses_are_added_and_taken_away(string change, string addresses, int warnings)
    {
        session.Run("Set-ReportTask a -To a@example.com -MailServer pickup").NoErrors();
        var changed = session.Run($"Set-ReportTask a {change}");
        Assert.Empty(changed.Errors);
        Assert.Equal(warnings, changed.Warnings.Count);
        Assert.StartsWith(addresses,
            string.Join(' ', session.Run("$t = Get-ReportTask a; $t.To; '/'; $t.Cc; '/'; $t.Bcc").NoErrors().Output),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_address_is_neither_added_nor_removed()
    {
        foreach (var change in new[] { "-AddTo nobody", "-RemoveTo nobody" })
        {
            Assert.StartsWith("AddressNotUsable,", session.Run($"Set-ReportTask a {change}").Error().FullyQualifiedErrorId,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    // one value changes, the others stay
    [InlineData("-Parameters @{ a = 2 }", "a=2 b=1")]
    [InlineData("-Parameters @{ '@A' = 2 }", "a=2 b=1")]
    // NULL is a value where a query asks for it
    [InlineData("-Parameters @{ a = $null }", "a= b=1")]
    // what no query mentions any more goes
    [InlineData("-Query 'select @a as a, @c as c' -Parameters @{ c = 3 }", "a=1 c=3")]
    [InlineData("-Query 'select @a as a' -Parameters @{ b = $null }", "a=1")]
    [InlineData("-Query 'select 1' -Parameters $null", "")]
    [InlineData("-Query 'select 1' -Parameters @{}", "")]
    public void Parameters_that_are_given_change_and_the_others_stay(string change, string values)
    {
        session.Run("Set-ReportTask a -Query 'select @a as a, @b as b' -Parameters ([ordered]@{ a = 1; b = 1 })").NoErrors();
        session.Run($"Set-ReportTask a {change}").NoErrors();
        Assert.Equal(values, string.Join(' ',
            session.Run("$p = (Get-ReportTask a).Parameters; foreach ($k in $p.Keys) { \"$k=$($p[$k])\" }").NoErrors().Output));
    }

    [Fact]
    public void A_parameter_that_no_query_mentions_is_refused_still() =>
        Assert.StartsWith("ParameterUnused,", session.Run("Set-ReportTask a -Parameters @{ zz = 1 }").Error().FullyQualifiedErrorId,
            StringComparison.Ordinal);

    [Fact]
    public void An_object_of_another_session_that_changes_nothing_is_told_of()
    {
        session.Run("$copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize("
            + "(Get-ReportTask a))); $copy.Description = 'other'").NoErrors();
        Assert.Contains("only names the task", Assert.Single(session.Run("$copy | Set-ReportTask").Warnings), StringComparison.Ordinal);
        Assert.Empty(session.Run("$copy | Set-ReportTask -Description new").Warnings);
    }
}
