using System.Collections;
using System.Globalization;
using ReportScheduler.Conditions;
using ReportScheduler.Delivery;
using ReportScheduler.Exports;
using ReportScheduler.Schedules;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Sql;
using ReportScheduler.Store;
using ReportScheduler.Templates;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Definitions;

/// <summary>What makes a report task valid by itself, whatever else the store has.</summary>
internal static class TaskRules
{
    /// <param name="task">The task.</param>
    /// <param name="providerOf">The database behind a connection's name; null where it is not
    /// known, and then nobody knows the parameters of its queries.</param>
    /// <exception cref="ReportException">The first rule that the task breaks.</exception>
    public static void Check(ReportTask task, Func<string, string?> providerOf)
    {
        ReportName.Check(task.Name);
        CheckQuery(task);
        SplitRules.Check(task);
        ReportParameters.Check(task.Parameters);
        var texts = task.Datasets.Concat(task.Recipients).Where(dataset => dataset.Script is null)
            .Select(dataset => (Name: task.NameOf(dataset), Sql: dataset.Query, Provider: providerOf(task.ConnectionOf(dataset)))).ToList();
        if (texts.Count > 0 && texts.TrueForAll(text => text.Provider is not null))
        {
            // a script may use any of them
            ReportParameters.CheckUse([.. texts.Select(text => (text.Name, DatabaseProviders.Named(text.Provider!).Read(text.Sql)))],
                task.Parameters, mayBeUnused: task.HasScript);
        }

        CheckGathering(task);
        CheckSchedule(task);
        CheckFiles(task);
        CheckLimits(task);
        CheckCondition(task);
        ExportOptions.Check(task);
    }

    internal static void CheckQuery(ReportTask task)
    {
        if (task.Datasets.Length == 0 || (task.Query is { } only && string.IsNullOrWhiteSpace(only)))
        {
            throw DefinitionErrors.QueryMissing(task.Name);
        }

        foreach (var dataset in task.Datasets)
        {
            CheckDataset(task, dataset);
        }
    }

    private static void CheckDataset(ReportTask task, ReportDataset dataset)
    {
        if (task.Datasets.Length > 1 && string.IsNullOrWhiteSpace(dataset.Name))
        {
            throw DefinitionErrors.DatasetNotUsable(dataset.Name, "its name is empty");
        }

        CheckText(task, dataset);

        SqlText.CheckNul(task.NameOf(dataset), dataset.Query);
        if (task.Datasets.Count(other => other.Name.Equals(dataset.Name, StringComparison.OrdinalIgnoreCase)) > 1)
        {
            throw DefinitionErrors.DatasetNotUsable(dataset.Name, "another dataset has the same name");
        }

        if (dataset.Columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw DefinitionErrors.DatasetNotUsable(task.NameOf(dataset), $"its column '{repeated.Key}' is defined twice");
        }

        if (dataset.Columns.Any(column => string.IsNullOrWhiteSpace(column.Name)))
        {
            throw DefinitionErrors.DatasetNotUsable(task.NameOf(dataset), "a column has no name");
        }

        ChartRules.Check(dataset, task.NameOf(dataset));
    }

    private static void CheckGathering(ReportTask task)
    {
        foreach (var dataset in task.Datasets.Where(task.IsGathered))
        {
            var problem =
                task.AllResults ? "-AllResults takes the results of one server"
                : task.ServersOf(dataset).Any(string.IsNullOrWhiteSpace) ? "one of its servers has no name"
                : task.ServersOf(dataset).Length > 0
                    && (task.ConnectionsOf(dataset).Count > 1 || NamePattern.IsPattern(task.ConnectionOf(dataset)))
                    ? "it has several connections and several servers; give one connection, or leave -Server out"
                : null;
            if (problem is not null)
            {
                throw DefinitionErrors.GatheringNotUsable(task.NameOf(dataset), problem);
            }
        }
    }

    private static void CheckText(ReportTask task, ReportDataset dataset)
    {
        var (hasQuery, hasScript) = (!string.IsNullOrWhiteSpace(dataset.Query), !string.IsNullOrWhiteSpace(dataset.Script));
        var problem = (hasQuery, hasScript) switch
        {
            (true, true) => "it has both an SQL text and a script",
            (false, false) => dataset.Script is null ? "its SQL text is empty" : "its script is empty",
            (true, false) when dataset.Script is not null => "its script is empty",
            (_, false) when dataset.RequiredModule.Length > 0 => "it requires modules and has no script",
            (_, true) when dataset.RequiredModule.Any(string.IsNullOrWhiteSpace) => "a required module has no name",
            _ => null,
        };
        if (problem is not null)
        {
            throw DefinitionErrors.DatasetNotUsable(task.NameOf(dataset), problem);
        }
    }

    internal static void CheckSchedule(ReportTask task)
    {
        Zones.Find(task.TimeZone);
        TaskSchedule.Of(task);
    }

    internal static void CheckFiles(ReportTask task)
    {
        foreach (var repeated in task.Format.GroupBy(format => format).Where(group => group.Count() > 1))
        {
            throw DefinitionErrors.FormatRepeated(repeated.Key);
        }

        if (task.Format.Length == 0 && !DeliveryPlaces.All.Any(place => place.IsWanted(task)))
        {
            throw DefinitionErrors.NothingToMake(task.Name);
        }

        FileNames.Check(task);
        CheckFile(task.Logo, "logo");
        CheckFile(task.Template, "template");
        foreach (var place in DeliveryPlaces.All)
        {
            place.Check(task);
        }
    }

    private static void CheckFile(string? path, string purpose)
    {
        if (path is not null && !File.Exists(path))
        {
            throw SourceErrors.FileNotFound(path, purpose);
        }
    }

    private static void CheckLimits(ReportTask task)
    {
        CheckRange(task.Timeout, "timeout", "a duration from 1s to 24d",
            task.Timeout >= TimeSpan.FromSeconds(1) && task.Timeout <= TimeSpan.FromDays(24));
        CheckRange(task.Retry, "number of retries", "0 to 10", task.Retry is >= 0 and <= 10);
        CheckRange(task.MaxServers, "number of servers at once", "1 to 64", task.MaxServers is >= 1 and <= 64);
        CheckRange(task.MissedGrace, "grace for missed due times", "a duration that is not negative",
            task.MissedGrace is null || task.MissedGrace >= TimeSpan.Zero);
        CheckRange(task.NotifyEvery, "interval of failure mails", "1 or more", task.NotifyEvery is null or >= 1);
        CheckRange(task.PauseAfterFailures, "number of failures before a pause", "0 for never, or more",
            task.PauseAfterFailures is null or >= 0);
        CheckRange(task.KeepRuns, "number of runs to keep", "1 or more", task.KeepRuns is null or >= 1);
        CheckRange(task.KeepFilesFor, "time to keep files", "a duration of at least 1m",
            task.KeepFilesFor is null || task.KeepFilesFor >= TimeSpan.FromMinutes(1));
        CheckRange(task.Delimiter, "CSV delimiter", "one character other than a quote, a line end or a letter or digit",
            task.Delimiter is not { } delimiter || (delimiter is not ('"' or '\r' or '\n' or '\0') && !char.IsLetterOrDigit(delimiter)));
        CheckCulture(task);
    }

    internal static void CheckCulture(ReportTask task)
    {
        if (task.Culture is { } culture)
        {
            CheckCulture(culture);
        }
    }

    private static void CheckCondition(ReportTask task)
    {
        var condition = Condition.OfSendWhen(task.SendWhen);
        condition?.CheckDatasets(task);
        if (task.KeyColumn.Any(string.IsNullOrWhiteSpace)
            || task.KeyColumn.Distinct(StringComparer.OrdinalIgnoreCase).Count() < task.KeyColumn.Length)
        {
            throw DefinitionErrors.KeyColumnNotUsable(task.Name);
        }

        if (condition is { AsksForChanges: true } && task.KeyColumn.Length == 0)
        {
            throw DefinitionErrors.KeyColumnNeeded(task.Name, task.SendWhen);
        }

        Contract.Of(task.Expect);
        CheckRange(task.RunOn, "label of runners", RunnerLabels.Allowed, task.RunOn is null || RunnerLabels.IsLabel(task.RunOn));
        FigureDefinition.Check(task);
        CheckLabels(task);
        CheckRange(task.RemindAfter, "time between two reminders", "a duration of at least 1s",
            task.RemindAfter is null || task.RemindAfter >= TimeSpan.FromSeconds(1));
        if (condition is null && (task.RemindAfter is not null || task.OnRecovered))
        {
            throw DefinitionErrors.ConditionNeeded(task.Name, task.RemindAfter is not null ? "-RemindAfter" : "-OnRecovered");
        }
    }

    private static void CheckLabels(ReportTask task)
    {
        foreach (DictionaryEntry label in task.ParameterLabel ?? [])
        {
            var known = task.Parameters?.Keys.Cast<string>().ToList() ?? [];
            if (!known.Contains($"{label.Key}", StringComparer.OrdinalIgnoreCase))
            {
                throw DefinitionErrors.ParameterLabelNotUsable(task.Name, $"{label.Key}",
                    $"the task has no parameter of that name.{NearMiss.Hint($"{label.Key}", known)} Give it with -Parameters");
            }

            if (label.Value is not string { Length: <= 80 } words || words.Any(char.IsControl))
            {
                throw DefinitionErrors.ParameterLabelNotUsable(task.Name, $"{label.Key}",
                    "it is no text of one line and at most 80 characters. Give such a text, or an empty one to leave the parameter out");
            }
        }
    }

    private static void CheckRange(object? value, string member, string allowed, bool holds)
    {
        if (!holds)
        {
            throw DefinitionErrors.ValueOutOfRange(member, value!, allowed);
        }
    }

    private static void CheckCulture(string name)
    {
        try
        {
            CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            throw DefinitionErrors.CultureUnknown(name);
        }
    }
}
