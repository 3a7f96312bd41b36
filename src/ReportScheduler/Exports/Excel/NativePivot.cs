using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>The rows of a matrix on a worksheet of their own, and a pivot table over them on another one.</summary>
internal sealed class NativePivot : IDisposable
{
    private readonly ReportDocument document;
    private readonly string dataset;
    private readonly DatasetSheets rows;
    private readonly PivotCells cells;
    private PivotSheet? sheet;
    private string table = "";
    private int worksheet;

    /// <param name="document">The report.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="columns">The columns of its rows.</param>
    /// <param name="open">Begins the worksheet of the rows.</param>
    /// <exception cref="ReportException">NativePivotNotNumeric.</exception>
    public NativePivot(ReportDocument document, string dataset, IReadOnlyList<SourceColumn> columns,
        Func<ReportDocument, string, DatasetSheets> open)
    {
        (this.document, this.dataset) = (document, dataset);
        var pivot = document.Task.Dataset(dataset).Pivot!;
        rows = open(document with { Task = document.Task.ForRowsOf(dataset) }, document.Words.With("rowsTab", dataset));
        var value = pivot.Value is null ? null : Find(pivot.Value);
        if (value is not null && pivot.Function != ColumnTotal.Count && !IsNumber(value))
        {
            rows.Dispose();
            throw WorkbookErrors.NativePivotNotNumeric(dataset, pivot.Value!, pivot.Function);
        }

        cells = new PivotCells(pivot, [.. pivot.Rows.Select(Field)], Field(pivot.Columns), value, columns.Count);
    }

    public void Write(RowBatch batch)
    {
        rows.Write(batch);
        cells.Add(batch);
    }

    public void EndRows() => rows.End();

    /// <summary>Adds the sheet of the pivot table behind that of the matrix, and moves that of the rows behind both.</summary>
    public void Add(PackageWriter package, ExcelStyles styles, SheetNames names, List<ExcelSheet> sheets)
    {
        var number = sheets.Count + 1;
        sheet = new PivotSheet(document, styles, rows.Columns, cells);
        var xml = sheet.ToXml();
        package.Add($"xl/worksheets/sheet{number}.xml", xml);
        var source = sheets.FindLast(each => each.IsSource)!;
        table = source.Table!;
        sheets.Remove(source);
        var tab = names.Sheet(document.Words.With("pivotTab", dataset));
        sheets.Add(new ExcelSheet(tab, null, PivotSheet.HeaderRow, cells.InOrder.Count, false,
            sheet.Paper.PagesWide, number));
        sheets.Add(source);
        worksheet = number;
    }

    /// <summary>Adds the definition of the pivot table, now that number formats have numbers.</summary>
    /// <param name="package">The workbook.</param>
    /// <param name="number">Its number among the pivot tables, from 1.</param>
    /// <param name="formatId">The number of a number format.</param>
    public void Define(PackageWriter package, int number, Func<string, int> formatId)
    {
        package.Add($"xl/worksheets/_rels/sheet{worksheet}.xml.rels", WorkbookParts.SheetRelations(number));
        package.Add($"xl/pivotTables/pivotTable{number}.xml", PivotPart.Table(sheet!, number, formatId));
        package.Add($"xl/pivotTables/_rels/pivotTable{number}.xml.rels", WorkbookParts.PivotRelations(number));
        package.Add($"xl/pivotCache/pivotCacheDefinition{number}.xml", PivotPart.Cache(sheet!, table));
    }

    public void Dispose() => rows.Dispose();

    private PivotField Field(string column) => new(Find(column), document);

    private ExcelColumn Find(string column) =>
        rows.Columns.First(each => each.LaidOut.Column.Name.Equals(column, StringComparison.OrdinalIgnoreCase));

    private static bool IsNumber(ExcelColumn column) => column.LaidOut.Format != "@"
        && column.LaidOut.Column.Kind is not (ColumnKind.Text or ColumnKind.Boolean);
}
