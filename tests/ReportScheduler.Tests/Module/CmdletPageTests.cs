using System.Diagnostics;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>The pages of docs/cmdlets are what the build makes of the doc comments.</summary>
public sealed class CmdletPageTests
{
    private static readonly string Pages = Path.Combine(BuiltModule.Root, "docs", "cmdlets");

    [Fact]
    public void No_page_is_stale()
    {
        var folder = Directory.CreateTempSubdirectory("pages").FullName;
        try
        {
            Compare(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(string folder)
    {
        Write(folder);
        var made = Directory.GetFiles(folder, "*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(made, Directory.GetFiles(Pages).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Empty(made.Where(
            name => File.ReadAllText(Path.Combine(folder, name)) != File.ReadAllText(Path.Combine(Pages, name)).ReplaceLineEndings("\n"))
            .Select(name => $"docs/cmdlets/{name} is stale: build, and commit what the build writes"));
    }

    [Fact]
    public void Every_cmdlet_has_a_page_in_the_index()
    {
        var index = File.ReadAllText(Path.Combine(Pages, "README.md"));
        Assert.All(Manifest.Cmdlets, cmdlet => Assert.Contains($"]({cmdlet}.md)", index, StringComparison.Ordinal));
    }

    /// <summary>A new parameter goes into one of the groups of src/ReportScheduler.Build/ParameterGroup.cs.</summary>
    [Fact]
    public void Every_parameter_of_a_cmdlet_with_many_has_a_subject()
    {
        var grouped = Manifest.Cmdlets.Select(cmdlet => (cmdlet, text: File.ReadAllText(Path.Combine(Pages, cmdlet + ".md"))))
            .Where(page => page.text.Contains("\n#### `-", StringComparison.Ordinal)).ToList();
        Assert.Contains("New-ReportTask", grouped.Select(page => page.cmdlet));
        Assert.Empty(grouped.Where(page => page.text.Contains("\n### Other\n", StringComparison.Ordinal))
            .SelectMany(page => page.text[page.text.IndexOf("\n### Other\n", StringComparison.Ordinal)..].Split('\n')
                .Where(line => line.StartsWith("#### ", StringComparison.Ordinal)),
                (page, line) => $"{page.cmdlet} {line[5..]} has no subject"));
    }

    [Fact]
    public void Get_Help_shows_the_parameters_by_subject()
    {
        using var session = new PowerShellSession();
        var text = string.Concat(session.Run("(Get-Help New-ReportTask).description | ForEach-Object { $_.Text }").NoErrors().Output);
        Assert.Contains("When: the schedule: -Cron, -Every, -At, -StartAt, -EndAt, -TimeZone, -Enabled.", text, StringComparison.Ordinal);
        var names = session.Run("(Get-Help New-ReportTask -Parameter *).name").NoErrors().Output.Select(name => $"{name}").ToList();
        Assert.True(names.IndexOf("Query") < names.IndexOf("Cron") && names.IndexOf("Cron") < names.IndexOf("Format")
            && names.IndexOf("Format") < names.IndexOf("To"), string.Join(' ', names));
    }

    private static void Write(string folder)
    {
        var module = Path.Combine(BuiltModule.Folder, "bin", "ReportScheduler.dll");
        var tool = Directory.GetFiles(Path.Combine(BuiltModule.Root, "src", "ReportScheduler.Build", "bin"), "ReportScheduler.Build.dll",
            SearchOption.AllDirectories)
            .OrderByDescending(File.GetLastWriteTimeUtc).First();
        var start = new ProcessStartInfo("dotnet", [tool, "help", module, Path.ChangeExtension(module, ".xml"),
            Path.Combine(folder, "help.xml"), folder]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
