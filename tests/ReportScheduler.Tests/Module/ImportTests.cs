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

    private static IReadOnlyList<string> Names(PowerShellSession session) =>
        [.. session.Run(Listed).NoErrors().Output.Select(name => name.ToString()).Order(StringComparer.OrdinalIgnoreCase)];
}
