using System.Runtime.CompilerServices;

namespace ReportScheduler.Tests;

public sealed class SourceTreeTests
{
    [Fact]
    public void Only_Commands_knows_PowerShell()
    {
        var module = Path.GetFullPath(Path.Combine(ThisFolder(), "../../src/ReportScheduler"));
        var sources = Directory.GetFiles(module, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(module, file))
            .Where(file => !file.StartsWith("obj", StringComparison.Ordinal) && !file.StartsWith("bin", StringComparison.Ordinal))
            .ToList();
        Assert.True(sources.Count > 20);
        Assert.DoesNotContain(sources, file => !file.StartsWith("Commands", StringComparison.Ordinal)
            && File.ReadAllText(Path.Combine(module, file)).Contains("System.Management.Automation", StringComparison.Ordinal));
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
