using System.Collections;
using ReportScheduler.Commands.Scripts;
using ReportScheduler.Definitions;
using ReportScheduler.Sources;

namespace ReportScheduler.Commands;

/// <summary>Takes the datasets that a command was given over into a report task: whole ones, or one
/// query or script with the short forms of its columns and its chart.</summary>
/// <param name="command">The command, with its parameters.</param>
/// <param name="given">The names of the parameters that count.</param>
/// <param name="fullPath">Makes a path absolute as the session sees it.</param>
internal sealed class GivenDatasets(TaskDefinitionCommand command, IReadOnlyCollection<string> given, Func<string, string> fullPath)
{
    private static readonly string[] ChartParts = [nameof(command.Chart), nameof(command.ChartX), nameof(command.ChartY)];

    /// <returns>What a person should know about what was taken over; null for nothing.</returns>
    /// <exception cref="ReportException">A value cannot be used, or it is about one dataset and the task has several.</exception>
    public string? Apply(ReportTask task)
    {
        string? warning = null;
        var hasOther = HasScript || given.Contains(nameof(command.Query)) || given.Contains(nameof(command.QueryPath));
        if (given.Contains(nameof(command.Dataset)) && !(hasOther && command.Dataset is not { Length: > 0 }))
        {
            if (hasOther)
            {
                throw DefinitionErrors.QueryAmbiguous(task.Name);
            }

            task.Datasets = [.. (command.Dataset ?? []).Select(dataset => dataset.Copy())];
        }

        if (given.Contains(nameof(command.Query)))
        {
            task.Query = command.Query;
        }

        if (given.Contains(nameof(command.QueryPath)))
        {
            (task.Query, warning) = QueryFile.Read(fullPath(command.QueryPath!));
        }

        ApplyScript(task);
        ApplyTables(task);
        ApplyGroups(task);
        ApplyColumns(task);
        return warning;
    }

    private bool HasScript => given.Contains(nameof(command.Script)) && command.Script is string { Length: > 0 };

    private void ApplyScript(ReportTask task)
    {
        if (HasScript)
        {
            if ((given.Contains(nameof(command.Query)) && !string.IsNullOrEmpty(command.Query))
                || given.Contains(nameof(command.QueryPath)))
            {
                throw DefinitionErrors.QueryAmbiguous(task.Name);
            }

            var dataset = Only(task, nameof(command.Script));
            (dataset.Script, dataset.Query) = ((string)command.Script!, "");
        }

        if (given.Contains(nameof(command.RequiredModule)))
        {
            Only(task, nameof(command.RequiredModule)).RequiredModule = command.RequiredModule ?? [];
        }

        foreach (var dataset in task.Datasets.Concat(task.Recipients))
        {
            if (dataset.Script is not null)
            {
                ScriptText.Check(task.NameOf(dataset), dataset.Script);
            }
            else if (dataset.RequiredModule.Length > 0)
            {
                throw CommandErrors.ModulesNeedScript(task.NameOf(dataset));
            }
        }
    }

    private void ApplyTables(ReportTask task)
    {
        if (!given.Contains(nameof(command.TableName)))
        {
            return;
        }

        if (command.TableName is IDictionary names)
        {
            foreach (DictionaryEntry entry in names)
            {
                (Array.Find(task.Datasets, dataset => task.NameOf(dataset).Equals($"{entry.Key}", StringComparison.OrdinalIgnoreCase))
                    ?? throw CommandErrors.DatasetNotFound($"{entry.Key}", task)).TableName = $"{entry.Value}";
            }
        }
        else
        {
            Only(task, nameof(command.TableName)).TableName = $"{command.TableName}" is { Length: > 0 } name ? name : null;
        }
    }

    private void ApplyGroups(ReportTask task)
    {
        if (given.Contains(nameof(command.GroupBy)))
        {
            Only(task, nameof(command.GroupBy)).GroupBy = command.GroupBy ?? [];
        }

        if (given.Contains(nameof(command.PageBreakPerGroup)))
        {
            Only(task, nameof(command.PageBreakPerGroup)).PageBreakPerGroup = command.PageBreakPerGroup;
        }

        if (given.Contains(nameof(command.Pivot)))
        {
            Only(task, nameof(command.Pivot)).Pivot = command.Pivot?.Copy();
        }

        if (given.Contains(nameof(command.NativePivot)))
        {
            Only(task, nameof(command.NativePivot)).NativePivot = command.NativePivot;
        }

        if (given.Contains(nameof(command.SheetPerGroup)))
        {
            Only(task, nameof(command.SheetPerGroup)).SheetPerGroup = command.SheetPerGroup;
        }
    }

    private void ApplyColumns(ReportTask task)
    {
        if (given.Contains(nameof(command.Column)))
        {
            Only(task, nameof(command.Column)).Columns = [.. (command.Column ?? []).Select(column => column.Copy())];
        }

        foreach (var option in ColumnShorthand.Options.Where(given.Contains))
        {
            ColumnShorthand.Apply(Only(task, option), option,
                Entries(typeof(TaskDefinitionCommand).GetProperty(option)!.GetValue(command)));
        }

        if (ChartParts.FirstOrDefault(given.Contains) is { } part)
        {
            var dataset = Only(task, part);
            dataset.Charts = Charts(dataset.Charts);
        }
    }

    private ReportChart[] Charts(ReportChart[] present)
    {
        var charts = given.Contains(nameof(command.Chart)) ? [.. (command.Chart ?? []).Select(chart => chart.Copy())] : present;
        if (ChartParts.Skip(1).FirstOrDefault(given.Contains) is not { } axes
            || (charts.Length == 0 && command.ChartX is not { Length: > 0 } && command.ChartY is not { Length: > 0 }))
        {
            return charts;
        }

        if (charts is not [var chart])
        {
            throw charts.Length == 0 ? CommandErrors.ChartMissing(axes) : CommandErrors.ChartOfSeveral(axes, charts.Length);
        }

        if (given.Contains(nameof(command.ChartX)))
        {
            chart.X = string.IsNullOrEmpty(command.ChartX) ? null : command.ChartX;
        }

        if (given.Contains(nameof(command.ChartY)))
        {
            chart.Y = command.ChartY ?? [];
        }

        return charts;
    }

    internal static IEnumerable<KeyValuePair<string, object?>> Entries(object? value) => value switch
    {
        IDictionary entries => entries.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create($"{entry.Key}", Unwrapped(entry.Value))),
        string[] names => names.Select(name => KeyValuePair.Create(name, (object?)null)),
        _ => [],
    };

    private static object? Unwrapped(object? value) => value is System.Management.Automation.PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The dataset of a task that has one; made where there is none yet, and then
    /// the rules of a task say that its query is missing.</summary>
    private static ReportDataset Only(ReportTask task, string parameter)
    {
        if (task.Datasets.Length > 1)
        {
            throw CommandErrors.ColumnsNeedDataset(parameter, task.Name);
        }

        if (task.Datasets.Length == 0)
        {
            task.Datasets = [new ReportDataset()];
        }

        return task.Datasets[0];
    }
}
