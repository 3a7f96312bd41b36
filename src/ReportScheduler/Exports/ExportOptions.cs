using ReportScheduler.Exports.Excel;

namespace ReportScheduler.Exports;

/// <summary>Refuses options of the files that no export could follow.</summary>
internal static class ExportOptions
{
    /// <exception cref="ReportException">The first value that cannot be used.</exception>
    public static void Check(ReportTask task)
    {
        foreach (var dataset in task.Datasets)
        {
            ShapeCheck.Check(task.NameOf(dataset), dataset);
            if (dataset.NativePivot)
            {
                CheckNativePivot(task, task.NameOf(dataset));
            }
        }

        foreach (var column in task.Datasets.SelectMany(dataset => dataset.Columns))
        {
            ColumnCheck.Check(column);
        }

        if (task.Template is not null && ExportFormats.Of(task).Any(format => format.TakesTemplate))
        {
            CheckTemplate(task);
        }
    }

    private static void CheckNativePivot(ReportTask task, string dataset)
    {
        if (!ExportFormats.Of(task).Any(format => format.TakesTemplate))
        {
            throw ExportErrors.NativePivotNotUsable(dataset,
                "the task makes no workbook. Add Excel to -Format, or leave out -NativePivot.");
        }

        if (task.Template is not null)
        {
            throw ExportErrors.TemplateOptionNotUsable(nameof(ReportDataset.NativePivot), task.Template);
        }
    }

    private static void CheckTemplate(ReportTask task)
    {
        // Only a workbook of our own design could follow it.
        if (task.AllResults)
        {
            throw ExportErrors.TemplateOptionNotUsable(nameof(task.AllResults), task.Template!);
        }

        if (task.TitleRows)
        {
            throw ExportErrors.TemplateOptionNotUsable(nameof(task.TitleRows), task.Template!);
        }

        TemplateTables.Check(task);
    }
}
