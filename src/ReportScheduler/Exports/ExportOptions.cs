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
