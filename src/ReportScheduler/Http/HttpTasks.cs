using ReportScheduler.Store;

namespace ReportScheduler.Http;

/// <summary>Finds the task of a call.</summary>
/// <remarks>
/// For a key that is limited, the work depends on the key and not on the name: whether there is a task of a name that the key
/// may not run shows neither in the answer nor in its time.
/// </remarks>
internal sealed class HttpTasks(IReportStore store)
{
    private readonly object gate = new();
    private Dictionary<string, string> names = [];
    private long? definitions;

    /// <exception cref="HttpProblem">404, or 403 for a key that is limited.</exception>
    public ReportTask Find(string nameOrId, ReportSchedulerKey key)
    {
        if (key.IsForAll)
        {
            return store.FindTask(nameOrId) ?? throw HttpProblem.NotFound($"There is no report task '{nameOrId}'.");
        }

        var known = Names();
        string? found = null;
        foreach (var id in key.TaskId)
        {
            if (id == nameOrId || (known.TryGetValue(id, out var name) && name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)))
            {
                found = id;
            }
        }

        return (found is null ? null : store.FindTask(found)) ?? throw HttpProblem.Forbidden("This key may not run that task.");
    }

    private Dictionary<string, string> Names()
    {
        lock (gate)
        {
            var version = store.DefinitionVersion;
            if (definitions != version)
            {
                names = store.GetTasks().ToDictionary(task => task.Id, task => task.Name, StringComparer.Ordinal);
                definitions = version;
            }

            return names;
        }
    }
}
