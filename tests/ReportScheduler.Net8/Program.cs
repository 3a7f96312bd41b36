using System.Reflection;
using System.Runtime.Loader;
using ReportScheduler.Loader;
using ReportScheduler.Net8;

// the folder to work in
var path = typeof(OneReport).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Module").Value!;
var module = new ModuleLoadContext(path);
AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == "ReportScheduler" ? module.LoadModule() : null;
OneReport.Run(args[0]);
