using System.Management.Automation;
using ReportScheduler.Build;
using ReportScheduler.Loader;

// <module assembly> <its doc comments> <help file to write>
var assembly = new ModuleLoadContext(args[0]).LoadFromAssemblyPath(args[0]);
var comments = new DocComments(args[1]);
var cmdlets = assembly.GetExportedTypes()
    .Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false))
    .OrderBy(type => type.Name, StringComparer.Ordinal)
    .Select(type => new CmdletHelp(type, comments).ToMaml());
Directory.CreateDirectory(Path.GetDirectoryName(args[2])!);
Maml.Document(cmdlets).Save(args[2]);
