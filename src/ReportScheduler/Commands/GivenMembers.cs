using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Reflection;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Takes the values that a command was given over into a report task. A
/// parameter sets the member that is called like it.</summary>
/// <param name="command">The command, with its parameters.</param>
/// <param name="given">The names of the parameters that count.</param>
/// <param name="fullPath">Makes a path absolute as the session sees it.</param>
internal sealed class GivenMembers(TaskDefinitionCommand command, IReadOnlyCollection<string> given, Func<string, string> fullPath)
{
    /// <summary>What a person should know about what was taken over; null for nothing.</summary>
    public string? Warning { get; private set; }

    /// <returns>Whether the schedule is another one now.</returns>
    public bool Apply(ReportTask task)
    {
        OneOf(task, [nameof(task.Cron), nameof(task.Every), nameof(task.At)]);
        if (given.Contains(nameof(task.TimeZone)))
        {
            // times without an offset are in it
            task.TimeZone = string.IsNullOrWhiteSpace(command.TimeZone) ? throw CommandErrors.ValueEmpty("-TimeZone") : command.TimeZone;
        }

        foreach (var name in given)
        {
            if (name is not (nameof(task.Name) or nameof(task.Query) or nameof(task.Connection))
                && command.GetType().GetProperty(name) is { } parameter
                && typeof(ReportTask).GetProperty(name) is { CanWrite: true } member)
            {
                member.SetValue(task, Value(parameter, member, task));
            }
        }

        TakeConnections(task);
        Warning = new GivenDatasets(command, given, fullPath).Apply(task);
        return given.Any(TaskMembers.IsOfSchedule);
    }

    private void TakeConnections(ReportTask task)
    {
        if (given.Contains(nameof(task.Connection))
            && command.GetType().GetProperty(nameof(task.Connection))!.GetValue(command) is var value)
        {
            var names = value as string[] ?? [];
            (task.Connection, task.FurtherConnections) = (names.FirstOrDefault() ?? "", [.. names.Skip(1)]);
        }
    }

    /// <summary>A new value for one of several members that exclude each other clears those that were there before.</summary>
    private void OneOf(ReportTask task, string[] members)
    {
        if (given.Any(members.Contains))
        {
            foreach (var member in members)
            {
                typeof(ReportTask).GetProperty(member)!.SetValue(task, null);
            }
        }
    }

    private object? Value(PropertyInfo parameter, PropertyInfo member, ReportTask task) => parameter.GetValue(command) switch
    {
        SwitchParameter flag => flag.IsPresent,
        DateTime time => Zones.ToInstant(time, Zones.Find(task.TimeZone)),
        string[] addresses when TaskMembers.IsAddresses(member.Name) => addresses.SelectMany(MailAddresses.Split).ToArray(),
        string address when member.Name is nameof(task.Owner) && address.Length > 0 => MailAddresses.Trim(address),
        ReportDataset[] parts => parts.Select(part => part.Copy()).ToArray(),
        IDictionary entries => Ordered(entries),
        PSObject wrapped => wrapped.BaseObject is IDictionary entries ? Ordered(entries) : wrapped.BaseObject,
        string path when TaskMembers.IsPath(member.Name) => path.Length == 0 ? null : fullPath(path),
        null when member.PropertyType.IsArray => Array.CreateInstance(member.PropertyType.GetElementType()!, 0),
        string { Length: 0 } => null,
        var value => value,
    };

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>A plain hashtable has no order of its own, so its keys come in the order of the alphabet.</summary>
    internal static OrderedDictionary Ordered(IDictionary entries)
    {
        var keys = entries is OrderedDictionary
            ? entries.Keys.Cast<object>()
            : entries.Keys.Cast<object>().OrderBy(key => $"{key}", StringComparer.OrdinalIgnoreCase);
        var ordered = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var key in keys)
        {
            var value = Unwrapped(entries[key]);
            ordered[$"{key}"] = value switch
            {
                IDictionary nested => Ordered(nested),
                // a list of any class, whose items may come out of a pipeline
                IList items and not byte[] => items.Cast<object?>().Select(Unwrapped).ToArray(),
                _ => value,
            };
        }

        return ordered;
    }
}
