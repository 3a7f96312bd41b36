using System.Globalization;

namespace ReportScheduler.Store;

/// <summary>Where the files of a run are: in the store's own folder, under the run's id, whatever its record says.</summary>
/// <remarks>A store that was moved or restored elsewhere, or a backup that somebody changed, names folders of others: those are
/// neither read, nor mailed, nor removed.</remarks>
internal static class RunPaths
{
    /// <summary>What is said of files that are nowhere any more.</summary>
    public const string Removed = "removed";

    /// <summary>Whether an id can be the name of a folder, and of none outside.</summary>
    public static bool IsId(string id) =>
        id.Length is > 0 and <= 200 && id[0] != '.' && !id.AsSpan().ContainsAny('/', '\\', ':') && !id.Any(char.IsControl);

    /// <summary>The folder of an attempt at a run.</summary>
    public static string FolderOf(string runsFolder, string runId, int attempt) =>
        Path.Combine(runsFolder, attempt == 1 ? runId : string.Create(CultureInfo.InvariantCulture, $"{runId}.{attempt}"));

    /// <summary>The folders of all attempts at a run that are there.</summary>
    public static IEnumerable<string> FoldersOf(string runsFolder, string runId) =>
        !IsId(runId) || !Directory.Exists(runsFolder) ? []
            : Directory.EnumerateDirectories(runsFolder, runId + "*").Where(folder => IsOf(Path.GetFileName(folder), runId));

    /// <summary>The keys of all runs that have a folder; the folders of others are not looked at.</summary>
    public static IEnumerable<string> RunsIn(string runsFolder) => !Directory.Exists(runsFolder) ? []
        : Directory.EnumerateDirectories(runsFolder).Select(folder => Path.GetFileName(folder).Split('.')[0])
            .Where(id => RunIds.MadeAt(id) is not null).Distinct(StringComparer.Ordinal);

    /// <summary>Leaves a run those of its files that can be opened here.</summary>
    /// <param name="run">The run.</param>
    /// <param name="here">The path under which a file can be opened; null where it cannot.</param>
    /// <param name="elsewhere">Where one is that was not removed, in words.</param>
    public static void Locate(ReportRun run, Func<string, string?> here, Func<string, string> elsewhere)
    {
        var files = run.Files.Select(file => (Name: file, Path: here(file))).ToList();
        run.Files = [.. files.Select(file => file.Path).OfType<string>()];
        run.FilesElsewhere = [.. files.Where(file => file.Path is null).Select(file => file.Name)
            .Select(file => $"{NameOf(file)}: {(run.AreFilesRemoved ? Removed : elsewhere(file))}")];
    }

    /// <summary>Makes the paths of a run and its deliveries those of this store.</summary>
    public static void Own(ReportRun run, string runsFolder)
    {
        var recorded = run.Folder;
        var name = NameOf(recorded ?? "");
        var own = Path.Combine(runsFolder, IsOf(name, run.Id) ? name : run.Id);
        foreach (var delivery in run.Deliveries)
        {
            Own(delivery, own);
        }

        if (recorded is null)
        {
            return;
        }
        // copies in an -OutputPath are somewhere else and are only shown
        run.Files = [.. run.Files.Select(file => IsBelow(file, recorded) ? Inside(own, file) : file)];
        run.Folder = own;
    }

    private static void Own(ReportDelivery delivery, string folder)
    {
        delivery.MessagePath = delivery.MessagePath is { } message ? Inside(folder, message) : null;
        delivery.Files = [.. delivery.Files.Select(file => Inside(folder, file))];
    }

    private static bool IsOf(string name, string runId) => name == runId
        || (name.StartsWith(runId + ".", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(runId.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static string Inside(string folder, string file) =>
        Path.Combine(folder, NameOf(file) is var name && name.All(letter => letter == '.') ? "missing" : name);

    // a store of Windows may have come to Linux
    private static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    private static bool IsBelow(string file, string folder) =>
        file.Length > folder.Length + 1 && file.StartsWith(folder, StringComparison.Ordinal) && file[folder.Length] is '/' or '\\';
}
