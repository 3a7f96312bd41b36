using System.Collections;
using System.Management.Automation.Language;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>The built module's manifest, as data.</summary>
internal static class Manifest
{
    public static Hashtable Data { get; } = (Hashtable)((HashtableAst)Parser.ParseFile(BuiltModule.Manifest, out _, out _)
        .Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false)!).SafeGetValue();

    public static string Version => (string)Data["ModuleVersion"]!;

    public static IReadOnlyList<string> Cmdlets { get; } = [
        .. ((IEnumerable)Data["CmdletsToExport"]!).Cast<object>().Select(name => name.ToString()!)];
}
