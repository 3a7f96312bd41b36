using ReportScheduler.Build;

var written = args switch
{
    ["help", var assembly, var comments, _] => CmdletHelpFile.From(assembly, comments),
    ["nuspec", var manifest, _] => PackageSpecification.From(manifest),
    _ => throw new ArgumentException("help <module assembly> <its doc comments> <file to write> | nuspec <manifest> <file to write>"),
};
Directory.CreateDirectory(Path.GetDirectoryName(args[^1])!);
written.Save(args[^1]);
