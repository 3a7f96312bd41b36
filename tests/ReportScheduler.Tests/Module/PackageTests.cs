using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
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

    [Theory]
    // the machine of a compiled image is that of the processor with a mark of the system
    [InlineData("linux-x64", 0x8664 ^ 0x7b79)]
    [InlineData("win-x64", 0x8664)]
    public void The_package_has_the_code_of_the_systems_beside_assemblies_for_all(string system, int machine)
    {
        RequirePackage();
        using var zip = ZipFile.OpenRead(package);
        var compiled = zip.Entries.Where(entry => entry.FullName.StartsWith($"bin/compiled/{system}/", StringComparison.Ordinal)).ToList();
        Assert.Contains("ReportScheduler.dll", compiled.Select(entry => entry.Name));
        Assert.Contains("LiteDB.dll", compiled.Select(entry => entry.Name));
        foreach (var entry in compiled)
        {
            using var image = Image(entry);
            using var common = Image(zip.GetEntry($"bin/{entry.Name}")!);
            Assert.True(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, entry.FullName);
            Assert.Equal(machine, (int)image.PEHeaders.CoffHeader.Machine);
            Assert.Equal(0, common.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
            Assert.Equal(Version(common), Version(image));
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("the code of this system", false)]
    [InlineData("one compiled library", true)]
    public void The_packed_module_runs_compiled_code_and_without_it_what_every_system_has(string missing, bool isCompiled)
    {
        RequirePackage();
        var compiled = Path.Combine(folder, "bin", "compiled", Native);
        Assert.SkipUnless(Native is "linux-x64" or "win-x64", "the package has no code for " + Native);
        ZipFile.ExtractToDirectory(package, folder);
        if (missing == "the code of this system")
        {
            // that of the others stays, and is not for this one
            Directory.Delete(compiled, recursive: true);
        }
        else if (missing.Length > 0)
        {
            File.Delete(Path.Combine(compiled, "LiteDB.dll"));
        }

        var used = CompletePowerShell.Run(
            folder,
            new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = Path.Combine(folder, "s.db") },
            "-Command",
            """
            Import-Module ./ReportScheduler.psd1
            $null = New-ReportConnection -Name shop -ConnectionString ':memory:'
            $null = New-ReportTask -Name Packed -Connection shop -Query 'select 1 as a' -Format Excel
            (Invoke-ReportTask -Name Packed -OutputPath ./out).Outcome
            [ReportScheduler.ReportTask].Assembly.Location
            """);
        Assert.Equal("", used.Error);
        Assert.Equal(
            ["Succeeded", Path.Combine(isCompiled ? compiled : Path.Combine(folder, "bin"), "ReportScheduler.dll")],
            used.Output.Trim().Split('\n').Select(line => line.Trim()));
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
        {
            Assert.Matches($"<{element}>[^<]+", text);
        }

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
            {
                Assert.Contains(NuGetName(library), libraries, StringComparison.OrdinalIgnoreCase);
            }
        }

        var bill = File.ReadAllText(Path.Combine(BuiltModule.Root, "out", "package", "ReportScheduler.bom.json"));
        Assert.Contains("\"bomFormat\": \"CycloneDX\"", bill, StringComparison.Ordinal);
        Assert.Contains("pkg:nuget/LiteDB@", bill, StringComparison.Ordinal);
        // 65 MB, and 22 for the code of two systems
        Assert.InRange(new FileInfo(package).Length, 1_000_000, 90_000_000);
    }

    private static string Native => (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsLinux() ? "linux-" : "osx-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static PEReader Image(ZipArchiveEntry entry)
    {
        var bytes = new MemoryStream();
        using (var content = entry.Open())
        {
            content.CopyTo(bytes);
        }

        bytes.Position = 0;
        return new PEReader(bytes);
    }

    // the same build: code is never that of another version of the assembly
    private static Guid Version(PEReader image)
    {
        var metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
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
