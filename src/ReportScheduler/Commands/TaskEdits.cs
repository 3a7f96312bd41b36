using ReportScheduler.Definitions;
using ReportScheduler.Delivery.Mail;

namespace ReportScheduler.Commands;

/// <summary>What a person gave the members of a report task after a command had shown it.</summary>
internal sealed class TaskEdits
{
    private readonly Dictionary<string, object?> values;

    /// <param name="edited">The task, which remembers how it was read.</param>
    /// <param name="fullPath">Makes a path absolute as the session sees it.</param>
    public TaskEdits(ReportTask edited, Func<string, string> fullPath)
    {
        var members = DefinitionJson.Differences(edited.AsRead!, edited).ToHashSet(StringComparer.OrdinalIgnoreCase);
        values = typeof(ReportTask).GetProperties()
            .Where(member => members.Contains(member.Name) && member.Name is not (nameof(ReportTask.Id) or nameof(ReportTask.CreatedAt)))
            .ToDictionary(member => member.Name, member => member.GetValue(edited) switch
            {
                string { Length: > 0 } path when TaskMembers.IsPath(member.Name) => fullPath(path),
                string[] addresses when TaskMembers.IsAddresses(member.Name) => addresses.SelectMany(MailAddresses.Split).ToArray(),
                var value => value,
            });
    }

    /// <returns>Whether the schedule is another one now.</returns>
    public bool Apply(ReportTask task)
    {
        foreach (var (name, value) in values)
        {
            typeof(ReportTask).GetProperty(name)!.SetValue(task, value);
        }

        return values.Keys.Any(TaskMembers.IsOfSchedule);
    }
}
