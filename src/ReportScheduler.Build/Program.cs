using ReportScheduler.Build;

Directory.CreateDirectory(Path.GetDirectoryName(args[^1])!);
switch (args)
{
    case ["help", var assembly, var comments, var file]:
        CmdletHelpFile.From(assembly, comments).Save(file);
        break;
    case ["help", var assembly, var comments, var file, var pages]:
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var help = CmdletHelpFile.From(assembly, comments);
        help.Save(file);
        help.SavePages(pages);
        break;
    case ["nuspec", var manifest, var file]:
        PackageSpecification.From(manifest).Save(file);
        break;
    case ["notices", var dependencies, var packages, var file]:
        File.WriteAllText(file, ThirdPartyNotices.From(dependencies, packages));
        break;
    default:
        throw new ArgumentException(
            "help <module assembly> <its doc comments> <file to write> [<folder of pages>] | nuspec <manifest> <file to write> | notices "
                + "<.deps.json> <folder of packages> <file to write>");
}
