namespace ReportScheduler.Benchmarks.Gallery;

/// <summary>Fifteen reports in every format, and pictures of them that are held against those of another release.</summary>
internal static class GalleryCommand
{
    private const string Usage = "gallery OUT [--compare FOLDER-OF-ANOTHER-RELEASE] [--pictures-only]";

    public static int Run(string[] args)
    {
        if (args is not [var folder, .. var options] || folder.StartsWith('-'))
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        var root = Root();
        var output = Path.GetFullPath(folder);
        Directory.CreateDirectory(output);
        if (!options.Contains("--pictures-only") && !Make(root, output))
        {
            return 1;
        }

        foreach (var report in Directory.GetDirectories(output).Where(report => File.Exists(Path.Combine(report, "mail.eml"))).Order())
        {
            Console.WriteLine($"{Path.GetFileName(report)}: {string.Join(", ", new ReportPictures(report).Make())}");
        }

        var other = Array.IndexOf(options, "--compare");
        return other < 0 ? 0 : other + 1 < options.Length ? PictureComparison.Write(options[other + 1], output) : Fail();
    }

    private static int Fail()
    {
        Console.Error.WriteLine(Usage);
        return 1;
    }

    // The clock stands at a time of its own where faketime is installed, so that pictures do not differ by it.
    private static bool Make(string root, string output)
    {
        string[] host =
            ["dotnet", Path.Combine(root, "out/Host/ReportScheduler.Host.dll"), Path.Combine(root, "tests/Gallery/gallery.ps1"), output];
        string[] clock = ["faketime", "-f", "@2026-11-01 06:00:00 x0.01"];
        foreach (var old in new[] { "store", "mail" }.Select(name => Path.Combine(output, name)).Where(Directory.Exists))
        {
            Directory.Delete(old, recursive: true);
        }

        return Tool.Run(Tool.Has("faketime") ? [.. clock, .. host] : host, isShown: true);
    }

    private static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ReportScheduler.sln")))
            {
                return folder;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
