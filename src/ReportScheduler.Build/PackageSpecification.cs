using System.Collections;
using System.Management.Automation.Language;
using System.Xml.Linq;

namespace ReportScheduler.Build;

/// <summary>The .nuspec that the PowerShell Gallery takes, from the module's manifest.</summary>
internal static class PackageSpecification
{
    private static readonly XNamespace NuGet = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";

    public static XDocument From(string manifestPath)
    {
        var manifest = (Hashtable)((HashtableAst)Parser.ParseFile(manifestPath, out _, out _)
            .Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false)).SafeGetValue();
        var gallery = (Hashtable)((Hashtable)manifest["PrivateData"]!)["PSData"]!;
        var cmdlets = Texts(manifest["CmdletsToExport"]).ToList();
        // the tags by which the Gallery and Find-Module know a module and its cmdlets
        var tags = Texts(gallery["Tags"])
            .Append("PSModule")
            .Append("PSIncludes_Cmdlet")
            .Concat(cmdlets.Select(name => $"PSCmdlet_{name}"))
            .Concat(cmdlets.Select(name => $"PSCommand_{name}"));
        return new XDocument(new XElement(NuGet + "package", new XElement(
            NuGet + "metadata",
            new XElement(NuGet + "id", Path.GetFileNameWithoutExtension(manifestPath)),
            new XElement(NuGet + "version", manifest["ModuleVersion"]),
            new XElement(NuGet + "authors", manifest["Author"]),
            new XElement(NuGet + "license", new XAttribute("type", "expression"), "MIT"),
            new XElement(NuGet + "requireLicenseAcceptance", false),
            new XElement(NuGet + "projectUrl", gallery["ProjectUri"]),
            new XElement(NuGet + "iconUrl", gallery["IconUri"]),
            new XElement(NuGet + "icon", "icon.png"),
            new XElement(NuGet + "readme", "README.md"),
            new XElement(NuGet + "releaseNotes", gallery["ReleaseNotes"]),
            new XElement(NuGet + "description", manifest["Description"]),
            new XElement(NuGet + "copyright", manifest["Copyright"]),
            new XElement(NuGet + "tags", string.Join(' ', tags)))));
    }

    private static IEnumerable<string> Texts(object? value) => ((IEnumerable)value!).Cast<object>().Select(item => item.ToString()!);
}
