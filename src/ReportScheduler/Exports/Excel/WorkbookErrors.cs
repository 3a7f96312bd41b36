using System.Globalization;
using ReportScheduler.Text;

namespace ReportScheduler.Exports.Excel;

internal static class WorkbookErrors
{
    public static ReportException TemplateNotReadable(string path, Exception inner) =>
        new(nameof(TemplateNotReadable), ReportErrorCategory.ReadError, path,
            $"The template '{path}' cannot be read as an Excel workbook (.xlsx, .xlsm). "
                + $"Check the path, and that the workbook has no password: {inner.Message}", inner);

    public static ReportException TemplateNotSafe(string path, string reason) =>
        new(nameof(TemplateNotSafe), ReportErrorCategory.InvalidData, path,
            $"The template '{path}' is not read: {reason}. Use a workbook that Excel or LibreOffice saved.");

    /// <param name="dataset">The dataset.</param>
    /// <param name="given">The datasets for which tables are given.</param>
    /// <param name="tables">The tables of the workbook.</param>
    public static ReportException TemplateTableNotGiven(string dataset, IEnumerable<string> given, IReadOnlyList<string> tables) =>
        new(nameof(TemplateTableNotGiven), ReportErrorCategory.InvalidArgument, dataset,
            $"The template's table for the dataset '{dataset}' is not given.{NearMiss.Hint(dataset, given)} "
            + (tables.Count == 0
                ? "The template has no table: mark the cells in Excel and choose Insert, Table."
                : $"Name it with -TableName '{tables[0]}', or with -TableName @{{ '{dataset}' = '{tables[0]}' }} where there are several "
                    + $"datasets. The template has {(tables.Count == 1 ? "the table" : "the tables")} "
                    + $"{EnglishText.List(tables.Select(table => $"'{table}'"))}."));

    public static ReportException TemplateHasMacros(string path) =>
        new(nameof(TemplateHasMacros), ReportErrorCategory.InvalidData, path,
$"The template '{path}' has macros, and its name does not say so: Excel would not open the report. "
    + "Name it .xlsm, and the report keeps the macros; or save it as a workbook without any (.xlsx).");

    public static ReportException TemplateTableNotFound(string path, string table, IReadOnlyList<string> tables) =>
        new(nameof(TemplateTableNotFound), ReportErrorCategory.ObjectNotFound, table,
            tables.Count == 0
                ? $"The template '{path}' has no table '{table}', nor any other. Mark the cells in Excel and choose Insert, Table."
                : $"The template '{path}' has no table '{table}'. Its tables are {string.Join(", ", tables.Select(name => $"'{name}'"))}.");

    public static ReportException TemplateColumnNotFilled(string table, string column, string dataset) =>
        new(nameof(TemplateColumnNotFilled), ReportErrorCategory.InvalidData, column,
            $"The column '{column.ReplaceLineEndings(" ")}' of the template's table '{table}' is neither a column of the dataset "
                + $"'{dataset}' nor a formula in all its rows. Name it in the query, or take it out of the table.");

    public static ReportException TemplateContentBelow(string path, string sheet, string cell) =>
        new(nameof(TemplateContentBelow), ReportErrorCategory.InvalidData, $"{sheet}!{cell}",
            $"The cell '{cell}' on '{sheet}' of the template '{path}' stands below the table, where the rows go. "
                + "Move it above the table, beside it, or to another sheet.");

    public static ReportException TemplateSheetTwice(string path, string sheet) =>
        new(nameof(TemplateSheetTwice), ReportErrorCategory.InvalidData, sheet,
            $"Two datasets fill tables on the sheet '{sheet}' of the template '{path}'. Put each table on a sheet of its own.");

    public static ReportException TemplateTooManyRows(string dataset) =>
        new(nameof(TemplateTooManyRows), ReportErrorCategory.InvalidData, dataset,
            $"The dataset '{dataset}' has more rows than a worksheet holds (1,048,576), and a template's table cannot go on in another. "
                + "Select fewer, or leave out -Template.");

    public static ReportException TooManyGroupSheets(string dataset, int limit) =>
        new(nameof(TooManyGroupSheets), ReportErrorCategory.InvalidData, dataset,
            $"-SheetPerGroup would give '{dataset}' more than {limit} worksheets. "
                + "Group by a column with fewer values, or use -PageBreakPerGroup.");

    public static ReportException NativePivotTooLong(string dataset, int limit) =>
        new(nameof(NativePivotTooLong), ReportErrorCategory.InvalidData, dataset,
            string.Create(CultureInfo.InvariantCulture,
                $"-NativePivot of '{dataset}' needs its rows on one worksheet, which holds {limit:N0} of them, and there are more. "
                    + $"Group the rows in the query, or leave out -NativePivot: the matrix takes any number of rows."));

    /// <param name="dataset">The dataset.</param>
    /// <param name="column">The column.</param>
    /// <param name="function">What is asked of it.</param>
    public static ReportException NativePivotNotNumeric(string dataset, string column, ColumnTotal function) =>
        new(nameof(NativePivotNotNumeric), ReportErrorCategory.InvalidData, column,
            $"-NativePivot of '{dataset}' asks for the {function.ToString().ToLowerInvariant()} of the column '{column}', which is not a "
                + "number, and Excel's pivot tables take that of numbers only. Count it, take a column of numbers, or leave out "
                + "-NativePivot.");

    public static ReportException TooManyColumns(string dataset, int columns) =>
        new(nameof(TooManyColumns), ReportErrorCategory.InvalidData, dataset,
            $"The dataset '{dataset}' has {columns} columns, and a worksheet holds 16,384. Select fewer, or use -Format Csv or Json.");
}
