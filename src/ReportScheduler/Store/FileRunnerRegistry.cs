using System.Text.Json;
using ReportScheduler.Files;

namespace ReportScheduler.Store;

/// <summary>Which runners are alive on a store: one small file each, in a folder beside it. A stop request is a file beside that.</summary>
internal sealed class FileRunnerRegistry(string storePath, TimeProvider clock) : IRunnerRegistry
{
    private string Folder => Path.Combine(Path.GetDirectoryName(storePath)!, "runners");

    /// <inheritdoc/>
    /// <remarks>Where the process can be seen it tells; its last word does not, after a clock was set or a computer slept.</remarks>
    public IReadOnlyList<ReportSchedulerInfo> List()
    {
        var now = clock.GetUtcNow();
        var alive = new List<ReportSchedulerInfo>();
        foreach (var runner in Files().Select(Read).OfType<ReportSchedulerInfo>())
        {
            if (RunOwner.IsAlive(runner.Owner) ?? runner.SeenAt >= now - RunnerLease.Length)
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

    public void Write(ReportSchedulerInfo runner) => Guarded(() =>
    {
        MakeFolder();
        var file = FileOf(runner.Id, ".json");
        var fresh = $"{file}.{runner.Id}.new";
        File.WriteAllText(fresh, JsonSerializer.Serialize(new Entry(runner, runner.Owner)));
        File.Move(fresh, file, overwrite: true);
        return true;
    });

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

    public void RequestStop(string id) => Guarded(() =>
    {
        File.WriteAllBytes(FileOf(id, ".stop"), []);
        return true;
    });

    public bool IsStopRequested(string id) => File.Exists(FileOf(id, ".stop")) && OwnFolder.IsPrivate(Folder);

    public void RequestRunStop(string runId, string words) => Guarded(() =>
    {
        MakeFolder();
        var file = StopOf(runId);
        File.WriteAllText(file + ".new", words);
        File.Move(file + ".new", file, overwrite: true);
        return true;
    });

    public string? RunStopRequest(string runId)
    {
        try
        {
            return File.Exists(StopOf(runId)) && OwnFolder.IsPrivate(Folder) ? File.ReadAllText(StopOf(runId)) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // forgotten this very moment, or asked again in a second
            return null;
        }
    }

    public void ForgetRunStop(string runId)
    {
        try
        {
            File.Delete(StopOf(runId));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // no other run has this id
        }
    }

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
            throw StoreErrors.RunnersUnreachable(Folder, problem);
        }
    }

    // not the store's own folder: a runner whose disk was taken away makes no other store in its place
    private void MakeFolder()
    {
        if (Directory.Exists(Path.GetDirectoryName(Folder)))
        {
            PrivateFile.CreateFolder(Folder);
        }

        OwnFolder.CheckPrivate(Folder);
    }

    private string StopOf(string runId) => FileOf(runId, ".cancel");

    private string FileOf(string id, string extension) => Path.Combine(Folder, id + extension);

    private sealed record Entry(ReportSchedulerInfo Runner, string Owner);
}
