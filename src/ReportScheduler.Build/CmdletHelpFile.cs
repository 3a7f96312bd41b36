using System.Management.Automation;
using System.Xml.Linq;
using ReportScheduler.Loader;

namespace ReportScheduler.Build;

/// <summary>The help of all cmdlets of an assembly: one file for Get-Help, and a page per cmdlet for the web.</summary>
internal sealed class CmdletHelpFile
{
    private readonly IReadOnlyList<(XElement Maml, IReadOnlyList<ParameterGroup> Groups)> cmdlets;

    private CmdletHelpFile(IEnumerable<CmdletHelp> cmdlets) => this.cmdlets = [.. cmdlets.Select(help => (help.ToMaml(), help.Groups()))];

    public static CmdletHelpFile From(string assemblyPath, string commentsPath)
    {
        var comments = new DocComments(commentsPath);
        return new(new ModuleLoadContext(assemblyPath).LoadFromAssemblyPath(assemblyPath).GetExportedTypes()
            .Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => new CmdletHelp(type, comments)));
    }

    public void Save(string file) => Maml.Document(cmdlets.Select(cmdlet => cmdlet.Maml)).Save(file);

    /// <summary>Writes the pages that changed, and removes those of cmdlets that are no more.</summary>
    public void SavePages(string folder)
    {
        Directory.CreateDirectory(folder);
        var pages = cmdlets.ToDictionary(cmdlet => MarkdownPage.Name(cmdlet.Maml) + ".md",
            cmdlet => MarkdownPage.Of(cmdlet.Maml, cmdlet.Groups), StringComparer.Ordinal);
        pages["README.md"] = MarkdownPage.Index(cmdlets.Select(cmdlet => cmdlet.Maml));
        foreach (var (name, text) in pages)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path) || File.ReadAllText(path) != text)
            {
                File.WriteAllText(path, text);
            }
        }

        foreach (var old in Directory.GetFiles(folder, "*.md").Where(path => !pages.ContainsKey(Path.GetFileName(path))))
        {
            File.Delete(old);
        }
    }
}
