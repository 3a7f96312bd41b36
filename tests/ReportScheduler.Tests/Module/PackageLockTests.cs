using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>CI restores what the lock files say, or nothing.</summary>
public sealed class PackageLockTests : IDisposable
{
    private const string Project = "ReportScheduler.Loader";

    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public PackageLockTests()
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "ReportScheduler.psd1",
            "BannedSymbols.txt", "global.json" })
        {
            File.Copy(Path.Combine(BuiltModule.Root, name), Path.Combine(folder, name));
        }

        Directory.CreateDirectory(Path.Combine(folder, Project));
        foreach (var name in new[] { $"{Project}.csproj", "packages.lock.json" })
        {
            File.Copy(Path.Combine(BuiltModule.Root, "src", Project, name), Path.Combine(folder, Project, name));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    // a version that was changed without the lock file, a package that is not what was locked, and a dependency that nobody asked for
    [InlineData("Directory.Packages.props", "BannedApiAnalyzers\" Version=\"", "BannedApiAnalyzers\" Version=\"9", "NU1004")]
    [InlineData(Project + "/packages.lock.json", "\"contentHash\": \"", "\"contentHash\": \"AAAA", "NU1403")]
    [InlineData(Project + "/packages.lock.json", "\"requested\": \"[", "\"requested\": \"[9", "NU1004")]
    public void A_stale_lock_file_ends_the_restore(string file, string words, string others, string error)
    {
        var path = Path.Combine(folder, file.Replace('/', Path.DirectorySeparatorChar));
        var text = File.ReadAllText(path);
        Assert.Contains(words, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(words, others, StringComparison.Ordinal));
        var restored = Restore();
        Assert.NotEqual(0, restored.ExitCode);
        Assert.Contains(error, restored.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_files_that_are_there_are_restored_and_every_project_has_one()
    {
        var restored = Restore();
        Assert.True(restored.ExitCode == 0, restored.Output);
        Assert.All(
            Directory.GetFiles(Path.Combine(BuiltModule.Root, "src"), "*.csproj", SearchOption.AllDirectories)
                .Concat(Directory.GetFiles(Path.Combine(BuiltModule.Root, "tests"), "*.csproj", SearchOption.AllDirectories)),
            project => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")), project));
        Assert.Contains("CI=true", File.ReadAllText(Path.Combine(BuiltModule.Root, ".ci", "run")), StringComparison.Ordinal);
    }

    private HostProcess Restore()
    {
        var variables = new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["HOME"] = Environment.GetEnvironmentVariable("HOME") ?? folder,
            ["DOTNET_NOLOGO"] = "1",
        };
        using var process = HostProcess.Start(folder, variables, "dotnet", ["restore", Project, "-v", "q", "--disable-build-servers"]);
        process.StandardInput.Close();
        return HostProcess.End(process);
    }
}
