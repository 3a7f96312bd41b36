using System.Collections.Specialized;
using System.Globalization;
using ReportScheduler.Definitions;
using ReportScheduler.Delivery.Mail;
using ReportScheduler.Exports;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Templates;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>Walks a person through a report task: what was given as a parameter is not asked for. Nothing is written here.</summary>
internal sealed class TaskQuestions(
    Questions ask, IReportStore store, TimeProvider clock, Func<string, string> fullPath, IReadOnlyCollection<string> given, bool replaces,
    CancellationToken cancel)
{
    private const string Optional = "";

    /// <summary>The connection that was made on the way; null when there was one.</summary>
    public ReportConnection? NewConnection { get; private set; }

    /// <summary>The mail server that was made on the way; null when there was one, or none was needed.</summary>
    public ReportMailServer? NewMailServer { get; private set; }

    /// <returns>Whether the person wants it made.</returns>
    public bool Complete(ReportTask task)
    {
        Unless(() => task.Name = ask.Line("Name of the report", null, FreeName), nameof(task.Name));
        Unless(() => task.Description = ask.Line("Description", Optional, Text), nameof(task.Description));
        Unless(() => Connection(task), nameof(task.Connection));
        Unless(() => task.Query =
            ask.Lines("SQL query", text => Checked(text, () => TaskRules.CheckQuery(new ReportTask { Name = task.Name, Query = text }))),
            nameof(task.Query), nameof(task.Datasets), "QueryPath");
        Unless(() => Parameters(task), nameof(task.Parameters));
        Unless(() => new ScheduleQuestions(ask, clock, given.Contains(nameof(task.TimeZone))).Fill(task), nameof(task.Cron),
            nameof(task.Every), nameof(task.At));
        Unless(() => task.To = ask.Line("Recipients, separated by commas", Optional, Addresses), nameof(task.To));
        if (task.To.Length > 0)
        {
            Unless(() => task.Cc = ask.Line("Copy to (Cc)", Optional, Addresses), nameof(task.Cc));
            Unless(() => task.Subject = ask.Line("Subject, a template", MailComposer.DefaultSubject, Template), nameof(task.Subject));
            Unless(() => MailServer(task), nameof(task.MailServer));
        }

        Unless(() => ask.Line($"Formats: {string.Join(", ", ExportFormats.Names)}, or none", ExportFormats.All[0].Name,
            text => Formats(task, text)), nameof(task.Format));
        if (task.Format.Length > 0)
        {
            Unless(() => ask.Line("Folder that gets a copy of the files", Optional, text => Folder(task, text)), nameof(task.Destination));
        }

        TaskSummary.Lines(task).ToList().ForEach(ask.Say);
        return ask.Choose("Make this report?", 0, ("&Yes", "The task is checked as a whole and stored."), ("&No", "Nothing is stored."))
            == 0;
    }

    private static string? Text(string answer) => answer.Length == 0 ? null : answer;

    private static T Checked<T>(T value, Action check)
    {
        check();
        return value;
    }

    private static string? Template(string answer) =>
        answer == MailComposer.DefaultSubject ? null : Checked(answer, () => ReportTemplate.Parse(answer, nameof(ReportTask.Subject)));

    private static string[] Addresses(string answer) =>
        [.. MailAddresses.Split(answer).Where(address => address.Length > 0)
            .Select(address => Checked(address, () => MailAddresses.Check(address)))];

    private static bool Formats(ReportTask task, string answer)
    {
        task.Format = answer.Equals("none", StringComparison.OrdinalIgnoreCase) ? [] :
        [
            .. answer.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(word =>
                ExportFormats.Named(word)?.Format
                    ?? throw DefinitionErrors.ValueOutOfRange("format", word, EnglishText.List([.. ExportFormats.Names, "none"], "or"))),
        ];
        TaskRules.CheckFiles(task);
        return true;
    }

    private void Unless(Action asking, params string[] members)
    {
        if (!members.Any(given.Contains))
        {
            asking();
        }
    }

    private string FreeName(string answer)
    {
        ReportName.Check(answer);
        return replaces || store.FindTask(answer) is null ? answer : throw StoreErrors.NameTaken(nameof(ReportTask), answer);
    }

    private void Connection(ReportTask task) =>
        (task.Connection,
            NewConnection) = new ConnectionChoice(ask, store, new ConnectionQuestions(ask, store.Secrets, fullPath, cancel)).Choose();

    private void Parameters(ReportTask task)
    {
        var provider = DatabaseProviders.Named(NewConnection?.Provider ?? store.ConnectionNamed(task.Connection).Provider);
        foreach (var name in task.AllDatasets().SelectMany(dataset => provider.Read(dataset.Sql).Needed)
            .Distinct(StringComparer.OrdinalIgnoreCase))
        {
            (task.Parameters ??= new OrderedDictionary(StringComparer.OrdinalIgnoreCase))[name] = ask.Line(
                $"Value of @{name}: a text, a number, or a date such as yesterday or startOfMonth-1mo", null, answer =>
                {
                    var value = long.TryParse(answer, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
                        : decimal.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
                        : (object)answer;
                    return Checked(value, () => ReportParameters.Check(new OrderedDictionary { [name] = value }));
                });
        }
    }

    private void MailServer(ReportTask task)
    {
        var known = store.MailServers.All();
        if (known.Count == 0)
        {
            NewMailServer = new MailServerQuestions(ask, store.Secrets, fullPath).Make();
        }

        task.MailServer = NewMailServer?.Name ?? store.OnlyMailServer()?.Name ?? ask.Line(
            $"Mail server: {string.Join(", ", known.Select(each => each.Name))}", known[0].Name,
            name => store.MailServerNamed(name).Name);
    }

    private bool Folder(ReportTask task, string answer)
    {
        task.Destination = answer.Length == 0 ? null : fullPath(answer);
        TaskRules.CheckFiles(task);
        return true;
    }
}
