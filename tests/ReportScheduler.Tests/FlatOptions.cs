using System.Collections.Specialized;

namespace ReportScheduler.Tests;

/// <summary>The short forms of columns and charts for the one dataset of a test's
/// task, as the parameters of New-ReportTask are called.</summary>
internal static class FlatOptions
{
    extension(ReportTask task)
    {
        public OrderedDictionary? ColumnFormat { set => Apply(task, "ColumnFormat", value); }

        public OrderedDictionary? ColumnWidth { set => Apply(task, "ColumnWidth", value); }

        public OrderedDictionary? ColumnHeader { set => Apply(task, "ColumnHeader", value); }

        public OrderedDictionary? Highlight { set => Apply(task, "Highlight", value); }

        public OrderedDictionary? Total { set => Apply(task, "Total", value); }

        public string[] Hide { set =>
            ColumnShorthand.Apply(Only(task), "Hide", value.Select(name => KeyValuePair.Create(name, (object?)null))); }

        public ChartKind? Chart { set => ChartOf(task, chart => chart.Kind = value!.Value); }

        public string? ChartX { set => ChartOf(task, chart => chart.X = value); }

        public string[] ChartY { set => ChartOf(task, chart => chart.Y = value); }

        public object? TableName
        {
            set
            {
                if (value is OrderedDictionary names)
                {
                    Array.ForEach(task.Datasets, dataset => dataset.TableName = names[dataset.Name] as string);
                }
                else
                {
                    Only(task).TableName = (string?)value;
                }
            }
        }
    }

    /// <summary>Datasets of name and SQL text.</summary>
    public static ReportDataset[] Named(OrderedDictionary texts) =>
        [.. texts.Cast<System.Collections.DictionaryEntry>()
            .Select(entry => new ReportDataset { Name = (string)entry.Key, Query = (string)entry.Value! })];

    private static void Apply(ReportTask task, string option, OrderedDictionary? values) =>
        Array.ForEach(All(task), dataset => ColumnShorthand.Apply(
        dataset, option,
        values?.Cast<System.Collections.DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, entry.Value)) ?? []));

    private static ReportDataset Only(ReportTask task) => Assert.Single(All(task));

    private static ReportDataset[] All(ReportTask task)
    {
        if (task.Datasets.Length == 0)
        {
            task.Datasets = [new ReportDataset()];
        }

        return task.Datasets;
    }

    private static void ChartOf(ReportTask task, Action<ReportChart> change) => Array.ForEach(All(task), dataset =>
    {
        dataset.Charts = dataset.Charts.Length == 0 ? [new ReportChart()] : dataset.Charts;
        change(dataset.Charts[0]);
    });
}
