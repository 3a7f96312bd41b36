using System.Management.Automation;
using System.Xml.Linq;
using ReportScheduler.Loader;

namespace ReportScheduler.Build;

/// <summary>The help file of all cmdlets of an assembly.</summary>
internal static class CmdletHelpFile
{
    public static XDocument From(string assemblyPath, string commentsPath)
    {
        var comments = new DocComments(commentsPath);
        return Maml.Document(new ModuleLoadContext(assemblyPath).LoadFromAssemblyPath(assemblyPath).GetExportedTypes()
            .Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => new CmdletHelp(type, comments).ToMaml()));
    }
}
