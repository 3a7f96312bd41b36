using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>What the Tab key offers, in a session whose store has two tasks, two
/// connections, a mail server, an identity and a key.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public CompletionTests()
    {
        session.Run("""
            New-ReportConnection shop -ConnectionString ':memory:'
            New-ReportConnection 'sales warehouse' -ConnectionString ':memory:'
            New-ReportMailServer office -PickupDirectory ./mail -From reports@example.com
            'Daily sales', 'Weekly' | ForEach-Object { New-ReportTask $_ shop -Query 'select 1' -Format Csv }
            New-ReportIdentity corp -ManagedIdentity
            New-ReportTheme contoso navy
            New-ReportSchedulerKey pipeline
            $env:REPORT_COMPLETION_TEST = 'x'
            """).NoErrors();
        var registrations = Directory.CreateDirectory(Path.Combine(session.Folder, "store", "registrations")).FullName;
        File.WriteAllText(Path.Combine(registrations, "Dispatcher.json"),
            """{ "Name": "Dispatcher", "Work": "Dispatcher", "System": "Cron" }""");
    }

    public void Dispose() => session.Dispose();

    [Theory]
    // names from the store, quoted where they must be
    [InlineData("Get-ReportTask -Name Da", "'Daily sales'")]
    [InlineData("Get-ReportTask ", "'Daily sales' Weekly")]
    [InlineData("Get-ReportTask 'da", "'Daily sales'")]
    [InlineData("Set-ReportTask -Name W", "Weekly")]
    [InlineData("Remove-ReportTask W", "Weekly")]
    [InlineData("Invoke-ReportTask W", "Weekly")]
    [InlineData("Test-ReportTask W", "Weekly")]
    [InlineData("Get-ReportData Weekly -Dataset ", "Weekly")]
    [InlineData("New-ReportTask x shop -Query 'select region, sum(a, b) as total, c.[the day] from t' -GroupBy ",
        "'the day' region total")]
    [InlineData("New-ReportTask x shop -Query 'select region, amount from t' -SplitBy r", "region")]
    [InlineData("New-ReportTask x shop -Query 'select 1' -GroupBy zzz", "zzz")]
    [InlineData("New-ReportTask x shop -GroupBy zzz", "zzz")]
    [InlineData("Get-ReportData -Dataset D", "'Daily sales'")]
    [InlineData("Copy-ReportTask W", "Weekly")]
    [InlineData("Enable-ReportTask W", "Weekly")]
    [InlineData("Disable-ReportTask W", "Weekly")]
    [InlineData("Export-ReportTask -Name W", "Weekly")]
    [InlineData("Get-ReportRun -TaskName W", "Weekly")]
    [InlineData("Remove-ReportRun -TaskName W", "Weekly")]
    [InlineData("Get-ReportSchedule -Name W", "Weekly")]
    [InlineData("Register-ReportScheduledTask -Name W", "Weekly")]
    [InlineData("New-ReportSchedulerKey -Name x -Task W", "Weekly")]
    [InlineData("Get-ReportConnection s", "'sales warehouse' shop")]
    [InlineData("Set-ReportConnection -Name sh", "shop")]
    [InlineData("Remove-ReportConnection sh", "shop")]
    [InlineData("Test-ReportConnection sh", "shop")]
    [InlineData("New-ReportTask -Name x -Connection sh", "shop")]
    [InlineData("Set-ReportTask Weekly -Connection sa", "'sales warehouse'")]
    [InlineData("Get-ReportMailServer ", "office")]
    [InlineData("Test-ReportMailServer -Name o", "office")]
    [InlineData("New-ReportTask -Name x -MailServer o", "office")]
    [InlineData("Get-ReportIdentity c", "corp")]
    [InlineData("Get-ReportTheme c", "contoso")]
    [InlineData("Set-ReportTheme c", "contoso")]
    [InlineData("Remove-ReportTheme -Name c", "contoso")]
    [InlineData("Set-ReportSchedulerOption -Theme c", "contoso")]
    [InlineData("New-ReportTask x -Theme c", "contoso")]
    [InlineData("Export-Report x.pdf -Theme c", "contoso")]
    [InlineData("Set-ReportIdentity c", "corp")]
    [InlineData("Remove-ReportIdentity -Name c", "corp")]
    [InlineData("Test-ReportIdentity c", "corp")]
    [InlineData("Test-ReportIdentity corp -TokenScope https://gr", "https://graph.microsoft.com/.default")]
    [InlineData("New-ReportIdentity x -AuthorityHost https://login.p", "https://login.partner.microsoftonline.cn")]
    [InlineData("Get-ReportSchedulerKey p", "pipeline")]
    [InlineData("Remove-ReportSchedulerKey -Name p", "pipeline")]
    // time zones, formats and policies
    [InlineData("New-ReportTask -TimeZone Europe/Par", "Europe/Paris")]
    [InlineData("Get-ReportSchedule -Cron '0 9 * * *' -TimeZone America/New_Y", "America/New_York")]
    [InlineData("New-ReportTask -TimeZone Berl", "Europe/Berlin")]
    [InlineData("New-ReportTask -TimeZone 'berl", "Europe/Berlin")]
    [InlineData("New-ReportTask -Format P", "Pdf")]
    [InlineData("New-ReportTask -Missed R", "RunAll RunOnce")]
    [InlineData("New-ReportTask -SendWhen H", "HasRows")]
    [InlineData("Get-ReportRun -Outcome P", "PartialData PartiallyDelivered")]
    [InlineData("New-ReportConnection -Provider My", "MySql")]
    [InlineData("New-ReportMailServer -Security S", "StartTls")]
    [InlineData("New-ReportTask -Culture de-A", "de-AT")]
    [InlineData("Set-ReportTask Weekly -Culture fr-CA", "fr-CA")]
    [InlineData("New-ReportConnection -PasswordReference env:REPORT_COMPLETION", "env:REPORT_COMPLETION_TEST")]
    [InlineData("New-ReportConnection shop env:REPORT_COMPLETION", "env:REPORT_COMPLETION_TEST")]
    [InlineData("New-ReportConnection shop -ConnectionString 'env:report_compl", "env:REPORT_COMPLETION_TEST")]
    [InlineData("Set-ReportConnection shop -ConnectionString env:REPORT_COMPLETION", "env:REPORT_COMPLETION_TEST")]
    [InlineData("New-ReportMailServer -PasswordReference env:report_compl", "env:REPORT_COMPLETION_TEST")]
    [InlineData("Unregister-ReportScheduledTask D", "Dispatcher")]
    [InlineData("Get-ReportScheduledTask -Name D", "Dispatcher")]
    // nothing fits
    [InlineData("Get-ReportTask -Name zzz", "")]
    public void Tab_offers(string line, string expected)
    {
        var completed = Complete($"{line}");
        // PowerShell falls back to file names where nothing is offered
        Assert.Equal(expected, string.Join(' ',
            completed.Where(text => !text.StartsWith("./", StringComparison.Ordinal)).Order(StringComparer.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("Get-ReportRun -Id ")]
    [InlineData("Send-ReportRun ")]
    [InlineData("Remove-ReportRun -Id ")]
    public void Tab_offers_the_ids_of_runs(string line)
    {
        var id = (string)session.Run("Invoke-ReportTask Weekly -NoDelivery").Single().Id;
        Assert.Contains(id, Complete(line));
    }

    [Fact]
    public void Tab_offers_the_ids_of_tasks() =>
        Assert.Contains((string)session.Run("Get-ReportTask Weekly").Single().Id, Complete("Get-ReportTask -Id "));

    [Fact]
    public void UTC_comes_first_where_its_letters_stand_in_other_zones_too() =>
        Assert.Equal("UTC", Complete("New-ReportTask -TimeZone UT").First());

    [Fact]
    public void A_relative_store_is_sought_in_the_folder_of_the_session() =>
        Assert.Equal(["Weekly"], Complete("Get-ReportTask -StorePath ./store/reports.db -Name W", addStore: false));

    [Theory]
    [InlineData("./nosuch.db")]
    [InlineData("/proc/nosuch/reports.db")]
    public void A_store_that_is_not_there_offers_nothing_and_is_not_made(string path)
    {
        Assert.DoesNotContain(Complete($"Get-ReportTask -StorePath {path} -Name W", addStore: false), text => text == "Weekly");
        Assert.False(File.Exists(Path.Combine(session.Folder, path)));
    }

    private IEnumerable<string> Complete(string line, bool addStore = true)
    {
        // completion does not read $PSDefaultParameterValues
        var text = addStore ? $"{line.Split(' ')[0]} -StorePath '{session.StorePath}' {line.Split(' ', 2)[1]}" : line;
        return session.Run("(TabExpansion2 $line $line.Length).CompletionMatches.CompletionText", new { line = text }).Output
            .Where(match => match is not null).Select(match => match.ToString());
    }
}
