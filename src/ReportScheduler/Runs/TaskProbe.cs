using ReportScheduler.Changes;
using ReportScheduler.Conditions;
using ReportScheduler.Definitions;
using ReportScheduler.Delivery;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Schedules;
using ReportScheduler.Sources;
using ReportScheduler.Splits;
using ReportScheduler.Store;
using ReportScheduler.Templates;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Tries everything that a run of a task needs, without making the report.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">The time.</param>
/// <param name="sources">Kinds of sources beside the databases of the store; null for none.</param>
internal sealed class TaskProbe(IReportStore store, TimeProvider clock, IReadOnlyList<IRowSources>? sources = null)
{
    /// <summary>Each check when it is done. Of a query only the columns are found out, and nothing is changed.</summary>
    public IEnumerable<TaskCheck> Try(ReportTask task, CancellationToken cancel)
    {
        yield return Check(task, "Definition", () =>
        {
            TaskRules.Check(task, store.ProviderOf);
            return "Names, addresses, templates, formats and parameters are well formed.";
        });
        var identities = new TaskIdentities(task, store);
        if (identities.Names.Count > 0)
        {
            yield return Identities(task, identities);
        }

        var results = new List<(string Dataset, IReadOnlyList<SourceColumn> Columns)>();
        var dates = new List<string>();
        yield return Check(task, "Query", () => Query(task, results, dates, cancel));
        if (results.Count == task.AllDatasets().Count)
        {
            yield return Check(task, "Columns", () => Columns(task, results, dates));
            if (task.SplitBy is not null)
            {
                yield return Check(task, "Split", () => Split(task, results, cancel));
            }
        }

        foreach (var place in DeliveryPlaces.All.Where(place => place.IsWanted(task)))
        {
            yield return Check(task, place.CheckName, () => place.Probe(task, store, clock, cancel));
        }

        yield return Check(task, "Schedule", () => Schedule(task));
    }

    private static TaskCheck Check(ReportTask task, string name, Func<string> attempt)
    {
        var check = new TaskCheck { TaskName = task.Name, Check = name };
        try
        {
            (check.Message, check.Success) = (attempt(), true);
        }
        catch (ReportException problem)
        {
            (check.Message, check.ErrorId) = (problem.Message, problem.ErrorId);
        }

        return check;
    }

    private TaskCheck Identities(ReportTask task, TaskIdentities identities)
    {
        var check = Check(task, "Identity", () =>
        {
            foreach (var name in identities.Names)
            {
                store.Secrets.EndOfSecret(name);
            }

            return $"{EnglishText.List(identities.Names.Select(name => $"'{name}'"), "and")} "
                + $"{(identities.Names.Count == 1 ? "exists" : "exist")}.";
        });
        check.Warning = check.Success ? string.Join(' ',
            identities.Warnings(clock.GetUtcNow()).Concat(identities.OpenKeys())) is { Length: > 0 } warning ? warning : null : null;
        return check;
    }

    private static string Columns(ReportTask task, IReadOnlyList<(string Dataset, IReadOnlyList<SourceColumn> Columns)> results,
        IEnumerable<string> notes)
    {
        var problems = (task.AllResults ? [] : ColumnOptionCheck.Problems(task, results)).Concat(OptionAdvice.Of(task))
            .Concat(TemplateAdvice.Of(task)).ToList();
        if (!task.AllResults && Condition.OfSendWhen(task.SendWhen) is { } condition)
        {
            ConditionCheck.CheckColumns(condition, results);
        }

        if (!task.AllResults && FigureDefinition.ConditionOf(FigureDefinition.All(task)) is { } figures)
        {
            ConditionCheck.CheckColumns(figures, results);
        }

        // what a column of texts has in it, only a run can tell
        if (Contract.Of(task.Expect) is { } contract
            && ContractWatch.Columns(contract with { Columns = [.. contract.Columns.Select(column => (column.Name, (string?)null))] },
                [.. results.SelectMany(result => result.Columns)], _ => true, _ => true)
                .FirstOrDefault() is { } violation)
        {
            throw RunErrors.ContractViolated(task.Name, [violation]);
        }

        if (!task.AllResults && task.KeyColumn.Length > 0
            && !results.Any(result => Array.TrueForAll(task.KeyColumn, key => result.Columns.Any(column => IsNamed(column, key)))))
        {
            var missing = Array.Find(task.KeyColumn, key => !results.Any(result => result.Columns.Any(column => IsNamed(column, key))))
                ?? task.KeyColumn[0];
            throw ChangeErrors.KeyColumnUnknown(missing,
                [.. results.SelectMany(result => result.Columns).Select(column => column.Name).Distinct(StringComparer.OrdinalIgnoreCase)]);
        }

        if (problems.Count > 0)
        {
            throw RunErrors.OptionsNotFollowed(task.Name, problems);
        }

        return "The files have the columns "
            + string.Join("; ", results.Select(result => task.Dataset(result.Dataset).Pivot is { } pivot
                ? $"{Quoted(pivot.Rows)}, one for each value of '{pivot.Columns}', and their total"
                : Quoted(ColumnLayout.Of(task, result.Dataset, result.Columns).Select(column => column.Column.Header))))
            + (task.AllResults
                ? "; those of further results, and what -ColumnFormat and the like say of them, are checked when it runs"
                : "")
            + $".{string.Concat(notes.Select(note => " " + note))}";
    }

    private static bool IsNamed(SourceColumn column, string name) => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private string Query(ReportTask task, List<(string Dataset, IReadOnlyList<SourceColumn> Columns)> results, List<string> dates,
        CancellationToken cancel)
    {
        var zone = Zones.Find(task.TimeZone);
        var parameters = ReportParameters.Resolve(task.Parameters, clock.GetUtcNow(), zone);
        using var opened = new TaskSources(task, [.. sources ?? [], new GatherSources(store), new DatabaseSources(store)],
            (kind, dataset) => kind.Open(task, dataset, retry: 0, SourceTalk.None, cancel));
        var found = new List<string>();
        foreach (var dataset in task.Datasets)
        {
            var name = task.NameOf(dataset);
            var description = opened.Of(dataset)
                .Describe(new RowQuery(dataset.Script ?? dataset.Query, parameters, task.Timeout), zone, cancel);
            var (columns, unknown) = (description.Columns, description.Unknown);
            found.Add(columns is null
                ? $"'{name}' was not run, so its columns are not known: {unknown!.TrimEnd('.')}"
                : $"'{name}' has {columns.Count} {(columns.Count == 1 ? "column" : "columns")}");
            if (columns is not null)
            {
                results.Add((name, columns));
            }

            if (DatesAsText(dataset, description.DatesAsText) is { } hint)
            {
                dates.Add(hint);
            }
        }

        var servers = opened.Opened.Select(source => source.Place).ToList();
        return $"{EnglishText.List(servers, "and")} {(servers.Count == 1 ? "answers" : "answer")}; {string.Join(", ", found)}.";
    }

    private string Split(ReportTask task, IReadOnlyList<(string Dataset, IReadOnlyList<SourceColumn> Columns)> results,
        CancellationToken cancel)
    {
        foreach (var (dataset, columns) in results)
        {
            SplitColumn.Of(task, dataset, columns);
        }

        var zone = Zones.Find(task.TimeZone);
        var parameters = ReportParameters.Resolve(task.Parameters, clock.GetUtcNow(), zone);
        using var opened = new TaskSources(task, [.. sources ?? [], new GatherSources(store), new DatabaseSources(store)],
            (kind, dataset) => kind.Open(task, dataset, retry: 0, SourceTalk.None, cancel));
        foreach (var query in task.Recipients)
        {
            if (opened.Of(query)
                .Describe(new RowQuery(query.Script ?? query.Query, parameters, task.Timeout), zone, cancel).Columns is { } columns)
            {
                SplitReaders.Check(columns);
            }
        }

        return "The report is split by "
            + $"'{task.SplitBy}'{(task.Recipients.Length > 0 ? ", for the readers that -Recipients names" : "")}: Invoke-ReportTask "
            + "-WhatIf lists the parts.";
    }

    /// <summary>A hint for dates that the source has as text, which nothing but a format tells from other text; null for none.</summary>
    private static string? DatesAsText(ReportDataset dataset, IEnumerable<SourceColumn> found)
    {
        var names = found.Where(column => dataset.Column(column.Name)?.Format is null).Select(column => $"'{column.Name}'").ToList();
        return names.Count == 0 ? null
            : $"SQLite has {EnglishText.List(names, "and")} as text: a date format, such as 'yyyy-mm-dd' with -ColumnFormat or "
                + $"New-ReportColumn -Format, makes dates of {(names.Count == 1 ? "it" : "them")}.";
    }

    private string Schedule(ReportTask task)
    {
        if (TaskSchedule.Of(task) is not { } schedule)
        {
            return "It runs on demand only.";
        }

        if (!task.Enabled || task.PausedBecause is not null)
        {
            return $"It is {(task.Enabled ? "paused" : "disabled")}: {schedule.Describe()}.";
        }

        if (schedule.Next(clock.GetUtcNow()) is { } next)
        {
            return $"{schedule.Describe()}; next at {InstantText.Of(next, task.TimeZone)}.{Advice(task)}";
        }

        return task.LastRunAt is { } last
            ? $"It is over: {schedule.Describe()}; it ran last at {InstantText.Of(last, task.TimeZone)}, and nothing more is due."
            : throw RunErrors.NeverDue(task.Name, schedule.Describe());
    }

    private string Advice(ReportTask task) =>
        (DeliveryPlaces.All.Any(place => place.IsWanted(task))
            ? ""
            : $" It delivers nowhere: without -To and -Destination its files stay in '{store.Files.Folder}'.")
        + (task.Owner is null ? " Without -Owner no mail reports its failures." : "");

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
