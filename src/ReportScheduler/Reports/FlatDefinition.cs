using System.Collections;

namespace ReportScheduler;

/// <summary>Reads the definition of a task as the first versions wrote it: the options of all columns in
/// dictionaries of the task, with keys <c>column</c> or <c>Dataset.column</c>.</summary>
internal static class FlatDefinition
{
    /// <summary>The members that tasks no longer have. Datasets was a dictionary of name and SQL text.</summary>
    public static IReadOnlyList<string> Members { get; } = [.. ColumnShorthand.Options, "Query", "Chart", "ChartX", "ChartY", "TableName"];

    /// <summary>Gives the task the datasets that its old members describe.</summary>
    /// <param name="task">The task, with everything else.</param>
    /// <param name="datasets">Name and SQL text of each dataset; null for a task with one query.</param>
    /// <param name="member">The value of an old member: a dictionary, text or list; null when it was not there.</param>
    /// <exception cref="ReportException">A value is none that the member took.</exception>
    public static void Apply(ReportTask task, IDictionary? datasets, Func<string, object?> member)
    {
        task.Datasets = datasets is null
            ? [new ReportDataset { Query = $"{member("Query")}" }]
            : [.. datasets.Cast<DictionaryEntry>().Select(entry => new ReportDataset { Name = $"{entry.Key}", Query = $"{entry.Value}" })];
        foreach (var dataset in task.Datasets)
        {
            foreach (var option in ColumnShorthand.Options)
            {
                ColumnShorthand.Apply(dataset, option, ValuesFor(task, dataset, Entries(member(option))));
            }

            dataset.TableName = member("TableName") switch
            {
                IDictionary names => names[dataset.Name] as string,
                var name => name as string,
            };
            if (Chart(task, dataset, member) is { } chart)
            {
                dataset.Charts = [chart];
            }
        }
    }

    private static ReportChart? Chart(ReportTask task, ReportDataset dataset, Func<string, object?> member)
    {
        if (!Enum.TryParse<ChartKind>($"{member("Chart")}", ignoreCase: true, out var kind))
        {
            return null;
        }

        string[] y = [.. Entries(member("ChartY")).Select(entry => entry.Key)];
        var own = ValuesFor(task, dataset, y.Select(key => KeyValuePair.Create(key, (object?)null))).Select(entry => entry.Key).ToArray();
        var x = member("ChartX") is string { Length: > 0 } axis
            ? ValuesFor(task, dataset, [KeyValuePair.Create(axis, (object?)null)]).FirstOrDefault().Key
            : null;
        // a chart whose columns all belonged to other datasets was not drawn for this one
        return y.Length > 0 && own.Length == 0 ? null : new ReportChart { Kind = kind, X = x, Y = own };
    }

    private static IEnumerable<KeyValuePair<string, object?>> Entries(object? value) => value switch
    {
        IDictionary entries => entries.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create($"{entry.Key}", entry.Value)),
        string text => [KeyValuePair.Create(text, (object?)null)],
        IEnumerable names => names.Cast<object>().Select(name => KeyValuePair.Create($"{name}", (object?)null)),
        _ => [],
    };

    /// <summary>The entries that are about a dataset, under the bare names of its columns; those with the dataset's name win.</summary>
    private static Dictionary<string, object?> ValuesFor(ReportTask task, ReportDataset dataset,
        IEnumerable<KeyValuePair<string, object?>> entries)
    {
        var own = task.NameOf(dataset) + ".";
        var others = task.Datasets.Where(other => other != dataset).Select(other => task.NameOf(other) + ".").ToList();
        var found = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in entries.OrderBy(entry => entry.Key.StartsWith(own, StringComparison.OrdinalIgnoreCase)))
        {
            if (key.StartsWith(own, StringComparison.OrdinalIgnoreCase))
            {
                found[key[own.Length..]] = value;
            }
            else if (!others.Exists(other => key.StartsWith(other, StringComparison.OrdinalIgnoreCase)))
            {
                found[key] = value;
            }
        }

        return found;
    }
}
