using System.Xml.Linq;
using ReportScheduler.Exports.Layout;

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
        try
        {
            Check(task, book);
        }
        catch (Exception error) when (error is not (ReportException or OutOfMemoryException))
        {
            // parts that lack what every workbook has
            throw WorkbookErrors.TemplateNotReadable(task.Template!,
                error is NullReferenceException ? new InvalidDataException("A part lacks what the others need.") : error);
        }
    }

    private static void Check(ReportTask task, TemplateBook book)
    {
        // what a run will read, so that its limits are known before
        string[] read = [book.StylesPart, .. book.Parts(".worksheet+xml"), .. book.Parts(".chart+xml"), .. book.Parts(".chartex+xml"),
            .. book.Parts(".pivotCacheDefinition+xml")];
        foreach (var part in read)
        {
            _ = book.Look(part);
        }

        var sheets = new HashSet<string>();
        foreach (var (dataset, _) in task.AllDatasets())
        {
            var (sheet, part, tablePart) = book.FindTable(NameOf(task, dataset, book));
            if (!sheets.Add(part))
            {
                throw WorkbookErrors.TemplateSheetTwice(task.Template!, sheet);
            }

            _ = TableShape.Of(sheet, book.Look(tablePart).Root!);
            TemplateCells.Number(book.Change(part).Root!);
        }
    }

    /// <summary>Finds the columns of the table of a dataset.</summary>
    /// <exception cref="ReportException">The table has a column that the dataset does not have.</exception>
    public static void CheckColumns(ReportTask task, string dataset, IReadOnlyList<LaidOutColumn> columns)
    {
        using var book = new TemplateBook(task.Template!);
        var (name, sheetPart, tablePart) = book.FindTable(NameOf(task, dataset, book));
        var (table, sheet) = (book.Change(tablePart).Root!, book.Change(sheetPart).Root!);
        TemplateCells.Number(sheet);
        Columns(TableShape.Of(name, table), table, sheet, dataset, columns);
    }

    /// <summary>The tables of all datasets, each as long as a worksheet.</summary>
    /// <exception cref="ReportException">One is not there.</exception>
    public static IReadOnlyList<TableGrowth> Longest(ReportTask task, TemplateBook book) => [.. task.AllDatasets().Select(dataset =>
    {
        var (sheet, _, tablePart) = book.FindTable(NameOf(task, dataset.Name, book));
        return new TableGrowth(TableShape.Of(sheet, book.Look(tablePart).Root!), CellReference.MaxRows);
    })];

    /// <summary>The table that a dataset fills. The only one of a workbook needs no name.</summary>
    /// <exception cref="ReportException">The task does not say.</exception>
    public static string NameOf(ReportTask task, string dataset, TemplateBook book) =>
        task.Dataset(dataset).TableName is { Length: > 0 } name ? name
        : task.Datasets.Length == 1 && book.Tables is [var only] ? only.Name
        : throw WorkbookErrors.TemplateTableNotGiven(dataset, [], [.. book.Tables.Select(table => table.Name)]);

    /// <summary>For each column of a table the column that fills it, by header or by name, and the formula it computes by.</summary>
    /// <exception cref="ReportException">A column has neither.</exception>
    public static IReadOnlyList<(string Name, LaidOutColumn? Filled, string? Formula)> Columns(TableShape shape, XElement table,
        XElement sheet, string dataset, IReadOnlyList<LaidOutColumn> columns)
    {
        var found = new List<(string, LaidOutColumn?, string?)>();
        foreach (var own in table.Element(Main + "tableColumns")!.Elements(Main + "tableColumn"))
        {
            var name = TableShape.ColumnName(own);
            var filled = columns.FirstOrDefault(column => column.Column.Header.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? columns.FirstOrDefault(column => column.Column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? columns.FirstOrDefault(column => OneLine(column.Column.Header).Equals(OneLine(name), StringComparison.OrdinalIgnoreCase))
                ?? columns.FirstOrDefault(column => OneLine(column.Column.Name).Equals(OneLine(name), StringComparison.OrdinalIgnoreCase));
            var formula = filled is not null
                ? null
                : (string?)own.Element(Main + "calculatedColumnFormula") ?? FormulaOf(shape, sheet, shape.Left + found.Count);
            found.Add(filled is null && formula is null
                ? throw WorkbookErrors.TemplateColumnNotFilled(shape.Name, name, dataset)
                : (name, filled, formula));
        }

        return found;
    }

    // a header that was broken into lines (Alt+Enter) is named with a space
    private static string OneLine(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // LibreOffice and many libraries do not say that a column computes: then each of
    // its cells has the formula, and the first one is that of all.
    private static string? FormulaOf(TableShape shape, XElement sheet, int column)
    {
        var rows = sheet.Descendants(Main + "row").ToDictionary(row => (int)row.Attribute("r")!);
        var cells = Enumerable.Range(shape.HeaderRow + 1, shape.Bottom - shape.HeaderRow).Select(number =>
            rows.GetValueOrDefault(number)?.Elements(Main + "c").FirstOrDefault(
                cell => (string)cell.Attribute("r")! == CellReference.Of(column, number))?.Element(Main + "f")).ToList();
        return cells.TrueForAll(formula => formula is not null && (string?)formula.Attribute("t") is null or "normal" or "shared")
            && cells[0]!.Value is { Length: > 0 } first ? first : null;
    }
}
