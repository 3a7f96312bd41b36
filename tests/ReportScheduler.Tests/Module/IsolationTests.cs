using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>Which of the module's libraries are loaded, where and when; in a process of its own.</summary>
public sealed class IsolationTests : IDisposable
{
    // name and load context of every assembly that came from the module's folder
    private const string Loaded = """
        [System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object {
            $context = $_
            $context.Assemblies | Where-Object { -not $_.IsDynamic -and $_.Location.StartsWith($module) } | ForEach-Object { "$($context.Name) $($_.GetName().Name)" }
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Import_loads_the_loader_and_the_module_only() =>
        Assert.Equal(["Default ReportScheduler.Loader", "ReportScheduler ReportScheduler"], Run(Loaded).Order());

    [Fact]
    public void Only_the_loader_is_ever_in_the_default_context()
    {
        var loaded = Run($$"""
            $PSDefaultParameterValues = @{ '*-Report*:StorePath' = './s.db' }
            $null = New-ReportConnection -Name shop -ConnectionString ':memory:'
            $null = New-ReportTask -Name all -Connection shop -Query 'select 1 as a' -Format Excel, Pdf, Csv, Html, Json
            $null = Invoke-ReportTask -Name all -OutputPath ./out
            {{Loaded}}
            """);
        Assert.Equal(["Default ReportScheduler.Loader"], loaded.Where(line => line.StartsWith("Default", StringComparison.Ordinal)));
        Assert.Contains("ReportScheduler LiteDB", loaded);
        Assert.Contains("ReportScheduler SkiaSharp", loaded);
        // what this report did not need
        Assert.DoesNotContain("ReportScheduler Npgsql", loaded);
        Assert.DoesNotContain("ReportScheduler MySqlConnector", loaded);
        Assert.DoesNotContain("ReportScheduler Microsoft.Data.SqlClient", loaded);
    }

    private string[] Run(string text)
    {
        var run = HostProcess.Run(folder, "-Command", $"$module = '{BuiltModule.Folder}'\n{text}");
        Assert.Equal("", run.Error);
        return run.Output.Trim().Split('\n');
    }
}
