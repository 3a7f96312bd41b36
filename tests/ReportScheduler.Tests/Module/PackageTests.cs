using System.IO.Compression;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>What <c>Package.msbuild</c> made, used as it would be from the PowerShell Gallery.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;
    private readonly string package = Path.Combine(BuiltModule.Root, "out", "package", $"ReportScheduler.{Manifest.Version}.nupkg");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_packed_module_is_found_on_the_module_path_and_used()
    {
        RequirePackage();
        var installed = Path.Combine(folder, "Modules", "ReportScheduler", Manifest.Version);
        ZipFile.ExtractToDirectory(package, installed);
        // no Import-Module: PowerShell finds the cmdlet's module by itself
        var used = CompletePowerShell.Run(
            folder,
            new Dictionary<string, string> { ["PSModulePath"] = Path.Combine(folder, "Modules"),
                ["REPORTSCHEDULER_STORE"] = Path.Combine(folder, "s.db") },
            "-Command",
            """
            $null = New-ReportConnection -Name shop -ConnectionString ':memory:'
            $null = New-ReportTask -Name Packed -Connection shop -Query 'select 1 as a' -Format Csv
            (Invoke-ReportTask -Name Packed -OutputPath ./out).Outcome
            (Get-Module ReportScheduler).ModuleBase
            """);
        Assert.Equal("", used.Error);
        Assert.Equal(["Succeeded", installed], used.Output.Trim().Split('\n').Select(line => line.Trim()));
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "out"), "*.csv"));
    }

    [Fact]
    public void The_package_holds_what_the_Gallery_asks_for_and_nothing_foreign()
    {
        RequirePackage();
        using var zip = ZipFile.OpenRead(package);
        var names = zip.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("ReportScheduler.psd1", names);
        Assert.Contains("en-US/ReportScheduler.dll-Help.xml", names);
        Assert.Contains("Examples/QuickStart.ps1", names);
        Assert.DoesNotContain("bin/System.Management.Automation.dll", names);
        Assert.Contains("bin/runtimes/linux-musl-x64/native/libe_sqlite3.so", names);
        Assert.DoesNotContain(names,
            name => name.Contains("runtimes/", StringComparison.Ordinal) && (name.EndsWith(".pdb", StringComparison.Ordinal)
            || name.Contains("browser", StringComparison.Ordinal) || name.Contains("-x86/", StringComparison.Ordinal)));
        using var specification = new StreamReader(zip.GetEntry("ReportScheduler.nuspec")!.Open());
        var text = specification.ReadToEnd();
        Assert.Contains($"<version>{Manifest.Version}</version>", text, StringComparison.Ordinal);
        Assert.Contains("PSModule", text, StringComparison.Ordinal);
        Assert.Contains("PSCmdlet_New-ReportTask", text, StringComparison.Ordinal);
        foreach (var element in new[] { "projectUrl", "iconUrl", "icon", "readme", "releaseNotes" })
            Assert.Matches($"<{element}>[^<]+", text);
        Assert.Contains("README.md", names);
        Assert.Contains("icon.png", names);
        using var notices = new StreamReader(zip.GetEntry("Licenses/THIRD-PARTY-NOTICES.txt")!.Open());
        var libraries = notices.ReadToEnd();
        // every library that ships is in it
        foreach (var library in names
            .Where(name => name.StartsWith("bin/", StringComparison.Ordinal) && name.EndsWith(".dll", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension))
        {
            if (!library!.StartsWith("ReportScheduler", StringComparison.Ordinal))
                Assert.Contains(NuGetName(library), libraries, StringComparison.OrdinalIgnoreCase);
        }
        var bill = File.ReadAllText(Path.Combine(BuiltModule.Root, "out", "package", "ReportScheduler.bom.json"));
        Assert.Contains("\"bomFormat\": \"CycloneDX\"", bill, StringComparison.Ordinal);
        Assert.Contains("pkg:nuget/LiteDB@", bill, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(package).Length, 1_000_000, 80_000_000);
    }

    // libraries whose package has another name
    private static string NuGetName(string library) => library switch
    {
        "SQLitePCLRaw.batteries_v2" => "SQLitePCLRaw.bundle_e_sqlite3",
        "System.Diagnostics.EventLog.Messages" => "System.Diagnostics.EventLog",
        "libSkiaSharp" => "SkiaSharp.NativeAssets.Win32",
        "libHarfBuzzSharp" => "HarfBuzzSharp.NativeAssets.Win32",
        _ => library,
    };

    private void RequirePackage()
    {
        if (File.Exists(package))
        {
            return;
        }

        const string Reason = "there is no package; make it with: dotnet msbuild Package.msbuild";
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Reason);
        Assert.Fail(Reason);
    }
}
