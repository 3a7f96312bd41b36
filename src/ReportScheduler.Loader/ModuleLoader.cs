using System.Management.Automation;
using System.Reflection;

namespace ReportScheduler.Loader;

/// <summary>What <c>ReportScheduler.psm1</c> calls to import the cmdlets. The only
/// code of the module in PowerShell's own load context.</summary>
public static class ModuleLoader
{
    private static readonly Lazy<Assembly> Module = new(LoadModule);

    /// <summary>The module's assembly, loaded once per process into a context of its own.</summary>
    public static Assembly Load() => Module.Value;

    /// <summary>Tells the importing module about cmdlets that PowerShell keeps from an earlier
    /// import and does not export again (PowerShell issue 20710).</summary>
    /// <param name="importing">The module that is being imported.</param>
    /// <param name="cmdlets">What <c>Import-Module -Assembly</c> gave.</param>
    public static void Export(PSModuleInfo importing, PSModuleInfo cmdlets)
    {
        ArgumentNullException.ThrowIfNull(importing);
        ArgumentNullException.ThrowIfNull(cmdlets);
        var add = typeof(PSModuleInfo).GetMethod("AddExportedCmdlet", BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new NotSupportedException("This PowerShell has no PSModuleInfo.AddExportedCmdlet, which the module needs to be "
                + "imported again. Start a new PowerShell and import it once.");
        foreach (var cmdlet in cmdlets.ExportedCmdlets.Values.Where(cmdlet => !importing.ExportedCmdlets.ContainsKey(cmdlet.Name)))
        {
            add.Invoke(importing, [cmdlet]);
        }
    }

    /// <summary>A warning when this process already runs another version than the one in
    /// <paramref name="folder"/>; null when it is the same.</summary>
    /// <param name="folder">The folder of the loader that would have been loaded.</param>
    public static string? OtherVersion(string folder)
    {
        var loaded = typeof(ModuleLoader).Assembly.GetName().Version;
        var wanted = AssemblyName.GetAssemblyName(Path.Combine(folder, "ReportScheduler.Loader.dll")).Version;
        return loaded == wanted
            ? null
            : $"This PowerShell already runs ReportScheduler {loaded?.ToString(3)} and cannot change to {wanted?.ToString(3)}. "
                + "Start a new PowerShell to use the other version.";
    }

    private static Assembly LoadModule()
    {
        var folder = Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!;
        return new ModuleLoadContext(Path.Combine(folder, "ReportScheduler.dll")).LoadModule();
    }
}
