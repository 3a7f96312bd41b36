using System.Collections;
using System.Xml.Linq;
using ReportScheduler.Tasks;

namespace ReportScheduler.Exports.Excel;

/// <summary>Which table of a template gets which dataset, and which of its columns which column.</summary>
internal static class TemplateTables
{
    private static readonly XNamespace Main = TemplateBook.Main;

    /// <summary>Opens the template and finds the table of every dataset.</summary>
    /// <exception cref="ReportException">It cannot be read, lacks a table, or two datasets would fill the same sheet.</exception>
    public static void Check(ReportTask task)
    {
        using var book = new TemplateBook(task.Template!);
        var sheets = new HashSet<string>();
        foreach (var (dataset, _) in task.AllDatasets())
        {
            var (sheet, part, _) = book.FindTable(NameOf(task, dataset));
            if (!sheets.Add(part))
            {
                throw ReportError.TemplateSheetTwice(task.Template!, sheet);
            }
        }
    }

    /// <summary>Finds the columns of the table of a dataset.</summary>
    /// <exception cref="ReportException">The table has a column that the dataset does not have.</exception>
    public static void CheckColumns(ReportTask task, string dataset, IReadOnlyList<LaidOutColumn> columns)
    {
        using var book = new TemplateBook(task.Template!);
        var name = NameOf(task, dataset);
        Columns(book.Change(book.FindTable(name).TablePart).Root!, name, dataset, columns);
    }

    /// <summary>The table that a dataset fills.</summary>
    /// <exception cref="ReportException">The task does not say.</exception>
    public static string NameOf(ReportTask task, string dataset) => task.TableName switch
    {
        IDictionary names => names[dataset] as string ?? throw ReportError.TemplateTableNotGiven(dataset, names.Keys.Cast<object>().Select(name => $"{name}")),
        string name when task.AllDatasets().Count == 1 => name,
        _ => throw ReportError.TemplateTableNotGiven(dataset, []),
    };

    /// <summary>For each column of a table the column that fills it, by header or by name, and the formula it computes by.</summary>
    /// <exception cref="ReportException">A column has neither.</exception>
    public static IReadOnlyList<(string Name, LaidOutColumn? Filled, string? Formula)> Columns(XElement table, string tableName, string dataset, IReadOnlyList<LaidOutColumn> columns)
    {
        var found = new List<(string, LaidOutColumn?, string?)>();
        foreach (var own in table.Element(Main + "tableColumns")!.Elements(Main + "tableColumn"))
        {
            var name = (string)own.Attribute("name")!;
            var filled = columns.FirstOrDefault(column => column.Column.Header.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? columns.FirstOrDefault(column => column.Column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            var formula = (string?)own.Element(Main + "calculatedColumnFormula");
            found.Add(filled is null && formula is null ? throw ReportError.TemplateColumnNotFilled(tableName, name, dataset) : (name, filled, formula));
        }
        return found;
    }
}
