using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

public sealed class ImportTests
{
    private const string Listed = "(Get-Module ReportScheduler).ExportedCmdlets.Values.Name; (Get-Command -Module ReportScheduler).Name";

    // once as exports of the module, once as commands of the session
    private static IEnumerable<string> Twice => Manifest.Cmdlets.Concat(Manifest.Cmdlets).Order(StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Import_exports_every_cmdlet_of_the_manifest()
    {
        using var session = new PowerShellSession();
        Assert.Equal(Twice, Names(session));
    }

    [Theory]
    [InlineData("Import-Module $manifest")]
    [InlineData("Import-Module $manifest -Force")]
    [InlineData("Remove-Module ReportScheduler; Import-Module $manifest")]
    [InlineData("Remove-Module ReportScheduler; Import-Module $manifest; Import-Module $manifest -Force")]
    public void Import_again_exports_them_again(string script)
    {
        using var session = new PowerShellSession();
        session.Run(script, new { manifest = BuiltModule.Manifest }).NoErrors();
        Assert.Equal(Twice, Names(session));
    }

    [Fact]
    public void Several_runspaces_import_at_once()
    {
        var names = new IReadOnlyList<string>[8];
        Parallel.For(0, names.Length, new ParallelOptions { MaxDegreeOfParallelism = names.Length }, index =>
        {
            using var session = new PowerShellSession();
            names[index] = Names(session);
        });
        Assert.All(names, list => Assert.Equal(Twice, list));
    }

    [Fact]
    public void The_manifest_is_valid()
    {
        using var session = new PowerShellSession();
        var manifest = session.Run("Test-ModuleManifest $manifest", new { manifest = BuiltModule.Manifest }).Single();
        Assert.Equal(("ReportScheduler", Manifest.Version), ((string)manifest.Name, manifest.Version.ToString()));
        Assert.Equal(Manifest.Cmdlets.Order(),
            ((IDictionary<string, System.Management.Automation.CmdletInfo>)manifest.ExportedCmdlets).Keys.Order());
    }

    // in a process of its own: the loader of a process is loaded once
    [Fact]
    public void An_update_during_a_session_asks_for_a_new_PowerShell()
    {
        var folder = Directory.CreateTempSubdirectory("report-scheduler-");
        try
        {
            var update = folder.CreateSubdirectory("update");
            foreach (var name in new[] { "ReportScheduler.psd1", "ReportScheduler.psm1", "ReportScheduler.Format.ps1xml",
                "ReportScheduler.Types.ps1xml", "ReportScheduler.Types.psd1" })
            {
                File.Copy(Path.Combine(BuiltModule.Folder, name), Path.Combine(update.FullName, name));
            }

            WriteLoader(Path.Combine(update.CreateSubdirectory("bin").FullName, "ReportScheduler.Loader.dll"), major: 7);
            var run = HostProcess.Run(folder.FullName, "-Command",
                $"Import-Module '{update.FullName}/ReportScheduler.psd1'; (Get-Command Get-ReportTask).Name");
            Assert.Equal("", run.Error);
            Assert.Contains($"WARNING: This PowerShell already runs ReportScheduler {Manifest.Version} and cannot change to 7.0.0. "
                + "Start a new PowerShell to use the other version.", run.Output, StringComparison.Ordinal);
            // what runs goes on running
            Assert.EndsWith("Get-ReportTask", run.Output.TrimEnd(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // the built loader with another number in its assembly table, ECMA-335 II.22.2: hash algorithm, major, minor, build, revision
    private static void WriteLoader(string path, byte major)
    {
        var image = File.ReadAllBytes(Path.Combine(BuiltModule.Folder, "bin", "ReportScheduler.Loader.dll"));
        using var reader = new PEReader([.. image]);
        var metadata = reader.GetMetadataReader();
        var version = reader.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.Assembly) + sizeof(int);
        Array.Clear(image, version, 4 * sizeof(ushort));
        image[version] = major;
        File.WriteAllBytes(path, image);
    }

    private static IReadOnlyList<string> Names(PowerShellSession session) =>
        [.. session.Run(Listed).NoErrors().Output.Select(name => name.ToString()).Order(StringComparer.OrdinalIgnoreCase)];
}
