using System.Text.Json;
using ReportScheduler.Files;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Which runners are alive on a store: one small file each, in a folder beside it. A stop request is a file beside that.</summary>
internal sealed class RunnerRegistry(IReportStore store)
{
    private string Folder => Path.Combine(Path.GetDirectoryName(store.Path)!, "runners");

    /// <summary>The runners that are alive, oldest first. What dead ones left is removed.</summary>
    /// <remarks>Where the process can be seen it tells; its last word does not, after a clock was set or a computer slept.</remarks>
    /// <exception cref="ReportException">RunnersUnreachable.</exception>
    public IReadOnlyList<ReportSchedulerInfo> List(DateTimeOffset now)
    {
        var alive = new List<ReportSchedulerInfo>();
        foreach (var runner in Files().Select(Read).OfType<ReportSchedulerInfo>())
        {
            if (RunOwner.IsAlive(runner.Owner) ?? runner.SeenAt >= now - RunWorker.SilentFor)
            {
                alive.Add(runner);
            }
            else
            {
                Remove(runner.Id);
            }
        }

        return [.. alive.OrderBy(runner => runner.StartedAt)];
    }

    /// <exception cref="ReportException">RunnersUnreachable.</exception>
    public void Write(ReportSchedulerInfo runner) => Guarded(() =>
    {
        // not the store's own folder: a runner whose disk was taken away makes no other store in its place
        if (Directory.Exists(Path.GetDirectoryName(Folder)))
        {
            PrivateFile.CreateFolder(Folder);
        }

        OwnFolder.CheckPrivate(Folder);
        var file = FileOf(runner.Id, ".json");
        var fresh = $"{file}.{runner.Id}.new";
        File.WriteAllText(fresh, JsonSerializer.Serialize(new Entry(runner, runner.Owner)));
        File.Move(fresh, file, overwrite: true);
        return true;
    });

    /// <summary>Takes a runner off the list. Where that is not possible, the next <see cref="List"/> does it once the process is gone.</summary>
    public void Remove(string id)
    {
        try
        {
            File.Delete(FileOf(id, ".json"));
            File.Delete(FileOf(id, ".stop"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A runner that could not start has no folder; one that ends has nothing left to say it to.
        }
    }

    /// <exception cref="ReportException">RunnersUnreachable.</exception>
    public void RequestStop(string id) => Guarded(() =>
    {
        File.WriteAllBytes(FileOf(id, ".stop"), []);
        return true;
    });

    /// <summary>Whether somebody who may use the store asked for it.</summary>
    public bool IsStopRequested(string id) => File.Exists(FileOf(id, ".stop")) && OwnFolder.IsPrivate(Folder);

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
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            // It ended, or is writing, this very moment.
            return null;
        }
    }

    private string[] Files() => Guarded(() =>
    {
        if (!Directory.Exists(Folder))
        {
            return [];
        }

        OwnFolder.CheckPrivate(Folder);
        return Directory.GetFiles(Folder, "*.json");
    });

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw RunErrors.RunnersUnreachable(Folder, problem);
        }
    }

    private string FileOf(string id, string extension) => Path.Combine(Folder, id + extension);

    private sealed record Entry(ReportSchedulerInfo Runner, string Owner);
}
