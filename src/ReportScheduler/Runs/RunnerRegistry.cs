using System.Text.Json;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Which runners are alive on a store: one small file each, in a folder beside it. A stop request is a file beside that.</summary>
internal sealed class RunnerRegistry(IReportStore store)
{
    private string Folder => Path.Combine(Path.GetDirectoryName(store.Path)!, "runners");

    /// <summary>The runners that are alive, oldest first. What dead ones left is removed.</summary>
    public IReadOnlyList<ReportSchedulerInfo> List(DateTimeOffset now)
    {
        if (!Directory.Exists(Folder))
        {
            return [];
        }

        var alive = new List<ReportSchedulerInfo>();
        foreach (var file in Directory.GetFiles(Folder, "*.json"))
        {
            if (Read(file) is not { } runner)
            {
                continue;
            }

            if (RunOwner.IsGone(runner.Owner) || runner.SeenAt < now - RunWorker.SilentFor)
            {
                Remove(runner.Id);
            }
            else
            {
                alive.Add(runner);
            }
        }

        return [.. alive.OrderBy(runner => runner.StartedAt)];
    }

    public void Write(ReportSchedulerInfo runner)
    {
        RunFolder.Create(Folder);
        var file = FileOf(runner.Id, ".json");
        var fresh = $"{file}.{runner.Id}.new";
        File.WriteAllText(fresh, JsonSerializer.Serialize(new Entry(runner, runner.Owner)));
        File.Move(fresh, file, overwrite: true);
    }

    public void Remove(string id)
    {
        // A runner that could not start has not said who it is.
        if (!Directory.Exists(Folder))
        {
            return;
        }

        File.Delete(FileOf(id, ".json"));
        File.Delete(FileOf(id, ".stop"));
    }

    public void RequestStop(string id) => File.WriteAllBytes(FileOf(id, ".stop"), []);

    public bool IsStopRequested(string id) => File.Exists(FileOf(id, ".stop"));

    private static ReportSchedulerInfo? Read(string file)
    {
        try
        {
            if (JsonSerializer.Deserialize<Entry>(File.ReadAllText(file)) is not { } entry)
            {
                return null;
            }

            entry.Runner.Owner = entry.Owner;
            return entry.Runner;
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            // It ended, or is writing, this very moment.
            return null;
        }
    }

    private string FileOf(string id, string extension) => Path.Combine(Folder, id + extension);

    private sealed record Entry(ReportSchedulerInfo Runner, string Owner);
}
