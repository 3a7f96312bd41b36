using System.Collections;
using System.Globalization;
using ReportScheduler.Exports.Excel;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;

namespace ReportScheduler.Exports;

/// <summary>Refuses options of the files that no export could follow.</summary>
internal static class ExportOptions
{
    /// <exception cref="ReportException">The first value that cannot be used.</exception>
    public static void Check(ReportTask task)
    {
        Each(task.ColumnFormat, (column, value) =>
        {
            if (value is not string { Length: > 0 } format || !NumberFormatText.IsValid(format))
            {
                throw ExportErrors.ColumnOptionNotUsable("ColumnFormat", column, value, "an Excel number format such as '#,##0.00' or 'yyyy-mm-dd'");
            }
        });
        Each(task.ColumnWidth, (column, value) =>
        {
            if (!double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var width) || width is not (> 0 and <= 255))
            {
                throw ExportErrors.ColumnOptionNotUsable("ColumnWidth", column, value, "a number of characters from 1 to 255");
            }
        });
        Each(task.ColumnHeader, (column, value) =>
        {
            if (value is not string header || string.IsNullOrWhiteSpace(header))
            {
                throw ExportErrors.ColumnOptionNotUsable("ColumnHeader", column, value, "a text");
            }
        });
        Each(task.Total, (column, value) =>
        {
            if (value is not string total || ColumnLayout.TotalOf(total) is null)
            {
                throw ExportErrors.ColumnOptionNotUsable("Total", column, value, "sum, avg or count");
            }
        });
        Each(task.Highlight, CheckHighlight);
        if (task.Template is not null && task.Format.Contains(ReportFormat.Excel))
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

    private static void CheckHighlight(string column, object? value)
    {
        try
        {
            _ = HighlightRule.Of(value);
        }
        catch (FormatException error)
        {
            throw ExportErrors.HighlightNotUsable(column, value, error.Message);
        }
    }

    private static void Each(IDictionary? option, Action<string, object?> check)
    {
        foreach (DictionaryEntry entry in option ?? new Hashtable())
        {
            check($"{entry.Key}", entry.Value);
        }
    }
}
