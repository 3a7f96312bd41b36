using System.Xml.Linq;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>What is shown in a narrow window, and of objects that came from another process.</summary>
public sealed class ViewTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public ViewTests() => session.Run("""
        New-ReportConnection c ':memory:'
        New-ReportMailServer m -PickupDirectory mail -From r@example.com
        New-ReportTask 'A task with quite a long name for a table' c -Query 'select 1 as a' -Format Csv -Cron '0 9 * * *' -StartAt 2026-01-01 -TimeZone Asia/Tokyo
        Invoke-ReportTask A* -NoDelivery
        """).NoErrors();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Every_table_fits_into_80_columns_and_cuts_nothing()
    {
        var tables = XDocument.Load(Path.Combine(BuiltModule.Folder, "ReportScheduler.Format.ps1xml")).Descendants("TableControl").ToList();
        Assert.InRange(tables.Count, 10, 40);
        foreach (var table in tables)
        {
            int[] widths = [.. table.Descendants("TableColumnHeader").Select(header => (int)header.Element("Width")!)];
            // the last column takes what is left, and goes over several lines where that is little
            Assert.InRange(widths[..^1].Sum() + widths.Length - 1, 1, 70);
            Assert.InRange(widths[^1], 100, 500);
            Assert.NotEmpty(table.Descendants("Wrap"));
        }
    }

    [Fact]
    public void The_id_of_a_run_is_in_one_piece_in_a_window_of_80_columns()
    {
        // a console leaves the last column of its window free
        var host = HostProcess.Run(session.Folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = session.StorePath },
            "-Command", "Get-ReportRun | Out-String -Width 79");
        Assert.Equal("", host.Error);
        Assert.Matches(@"\d{8}-\d{6}-\d{7}-\w{6}\s", host.Output);
    }

    [Theory]
    [InlineData("Get-ReportRun", @"\d\d-\d\d \d\d:\d\d ")]
    [InlineData("Get-ReportTask", @"\d\d-\d\d \d\d:\d\d (\+05:45|-12:00|\+14:00) |\d{4}-\d\d-\d\d \d\d:\d\d |\d\d-\d\d \d\d:\d\d:\d\d ")]
    public void A_time_of_another_zone_or_with_seconds_is_on_one_line_of_80_columns(string command, string time)
    {
        session.Run("""
            Remove-ReportTask A* -Force
            foreach ($zone in 'Asia/Kathmandu', 'Etc/GMT+12', 'Pacific/Kiritimati', 'UTC') {
                $null = New-ReportTask $zone.Substring(0, 3) c -Query 'select 1 as a' -Format Csv -Cron '0 9 * * *' -TimeZone $zone
            }
            $null = New-ReportTask seconds c -Query 'select 1 as a' -Format Csv -Cron '52 0 9 * * *' -TimeZone UTC
            Get-ReportRun | Remove-ReportRun
            Invoke-ReportTask * -NoDelivery
            """).NoErrors();
        var host = HostProcess.Run(session.Folder, new Dictionary<string, string>
        {
            ["REPORTSCHEDULER_STORE"] = session.StorePath,
            ["TZ"] = "UTC",
            ["COLUMNS"] = "80",
        }, "-Command", $"{command} | Out-String -Width 79");
        Assert.Equal("", host.Error);
        // two of the head, one for each
        var lines = host.Output.Split('\n').Where(line => line.Trim().Length > 0).Skip(2).ToList();
        Assert.Equal(5, lines.Count);
        Assert.All(lines, line => Assert.Matches($"^({time})", line));
    }

    [Fact]
    public void Runs_are_listed_on_the_clock_of_the_session()
    {
        session.Run("Get-ReportRun | Remove-ReportRun; New-ReportTask there c -Query 'select 1 as a' -Format Csv -Every 1h "
            + "-StartAt 2020-01-01 -TimeZone Pacific/Kiritimati; $null = Invoke-ReportTask there").NoErrors();
        var due = ((DateTimeOffset)session.Run("Get-ReportRun").Single().DueAt).UtcDateTime;
        var host = HostProcess.Run(session.Folder, new Dictionary<string, string>
        {
            ["REPORTSCHEDULER_STORE"] = session.StorePath,
            ["TZ"] = "UTC",
        }, "-Command", "Get-ReportRun | Out-String -Width 79");
        Assert.Contains(due.ToString("MM-dd HH:mm ", System.Globalization.CultureInfo.InvariantCulture), host.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-ReportRun", "Outcome Rows Id TaskName")]
    [InlineData("Get-ReportTask", "NextRunAt LastOutcome Runs Errors Schedule Name")]
    public void The_table_has_what_matters(string command, string columns)
    {
        var host = HostProcess.Run(session.Folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = session.StorePath },
            "-Command", command);
        Assert.Equal("", host.Error);
        Assert.All(columns.Split(' '), column => Assert.Contains(column, host.Output, StringComparison.Ordinal));
        Assert.Contains("Succeeded", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', host.Output);
    }

    [Theory]
    [InlineData("Get-ReportRun", "DueAt")]
    [InlineData("Get-ReportRun", "StartedAt")]
    [InlineData("Get-ReportRun", "FinishedAt")]
    [InlineData("Get-ReportTask", "StartAt")]
    [InlineData("Get-ReportTask", "CreatedAt")]
    [InlineData("Get-ReportTask", "NextRunAt")]
    [InlineData("Get-ReportTask", "LastRunAt")]
    public void A_time_is_a_time_again_after_it_came_from_another_process(string command, string member)
    {
        // what Start-Job and remoting do
        var result = session.Run($$"""
            $live = {{command}}
            $other = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($live))
            $other.psobject.TypeNames[0]
            $other.{{member}} -is [DateTimeOffset]
            $other.{{member}} -eq $live.{{member}}
            $other.{{member}} -gt [DateTimeOffset]'2020-01-01'
            """).NoErrors();
        Assert.StartsWith("Deserialized.ReportScheduler.", result.Output[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(["True", "True", "True"], result.Output.Skip(1).Select(value => value.ToString()));
    }

    [Fact]
    public void A_task_from_another_process_names_its_task()
    {
        session
            .Run(
                "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-ReportTask))) | Set-ReportTask -Owner o@example.com")
            .NoErrors();
        dynamic task = session.Run("Get-ReportTask").Single();
        Assert.Equal(("o@example.com", "0 9 * * *", "Asia/Tokyo"), ((string)task.Owner, (string)task.Cron, (string)task.TimeZone));
    }
}
