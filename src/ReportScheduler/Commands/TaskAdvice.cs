using ReportScheduler.Commands.Scripts;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Exports;
using ReportScheduler.Schedules;
using ReportScheduler.Store;
using ReportScheduler.Templates;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>What a person may have meant otherwise in a task that can be stored as it is.</summary>
/// <param name="store">Where it goes.</param>
/// <param name="given">The names of the parameters that were given.</param>
internal sealed class TaskAdvice(IReportStore store, IReadOnlyCollection<string> given)
{
    /// <param name="task">The task.</param>
    /// <param name="isRescheduled">Whether its schedule is another one now.</param>
    public IEnumerable<string> Of(ReportTask task, bool isRescheduled)
    {
        IEnumerable<string> ofAll = [.. OfDomains(task), .. OfConnections(task), .. OptionAdvice.Of(task), .. TemplateAdvice.Of(task)];
        return isRescheduled
            ? [.. Named(ScheduleWarnings.NeverDue(task)), .. OfScript(task), .. Named(ofAll), .. Named(ScheduleWarnings.Misread(task))]
            : Named(ofAll);

        IEnumerable<string> Named(IEnumerable<string> words) => words.Select(one => $"{task.Name}: {one}");
    }

    private IEnumerable<string> OfScript(ReportTask task) =>
        task.HasScript && (task.Cron is not null || task.Every is not null || task.At is not null)
        && new ScriptSources(store, byPerson: false).Refusal(task.Name) is { } refusal ? [refusal.Message] : [];

    /// <summary>Addresses that were given and that no mail server of the internet delivers to.</summary>
    private IEnumerable<string> OfDomains(ReportTask task) => new (string Name, IEnumerable<string> Addresses)[]
        {
            (nameof(task.To), task.To), (nameof(task.Cc), task.Cc), (nameof(task.Bcc), task.Bcc), (nameof(task.ReplyTo), task.ReplyTo),
            (nameof(task.Also), task.Also), (nameof(task.Owner), task.Owner is null ? [] : [task.Owner]),
        }
        .Where(member => given.Contains(member.Name)).SelectMany(member => member.Addresses)
        .Where(MailAddresses.IsLocal).Distinct(StringComparer.OrdinalIgnoreCase)
        .Select(address => $"the domain of the address '{address}' has no dot in it, so it can be delivered only inside your "
            + "own network. If a part is missing, give the whole address.");

    /// <summary>Wildcards that no connection matches yet.</summary>
    private IEnumerable<string> OfConnections(ReportTask task)
    {
        var known = store.Connections.All();
        return task.Connections()
            .Where(name => NamePattern.IsPattern(name) && !known.Any(connection => NamePattern.Matches(name, connection.Name)))
            .Select(pattern => $"no report connection matches '{pattern}' yet. The report fails until one does; "
                + "New-ReportConnection makes it.");
    }
}
