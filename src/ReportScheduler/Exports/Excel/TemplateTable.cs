using System.Buffers.Text;
using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>A table of a template that gets the rows of a dataset in place of its own.</summary>
internal sealed class TemplateTable : IDisposable
{
    private static readonly XNamespace Main = TemplateBook.Main;

    private readonly ReportDocument document;
    private readonly TemplateBook book;
    private readonly string dataset;
    private readonly string sheetName;
    private readonly XElement table;
    private readonly XElement sheet;
    private readonly int left;
    private readonly int right;
    private readonly int headerRow;
    private readonly int bottom;
    private readonly bool hasTotals;
    private readonly List<ExcelColumn?> columns = [];
    private readonly string?[] formulas;
    private readonly bool[] isRelative;
    private readonly Dictionary<int, List<(XElement Cell, int Column)>> beside = [];
    private readonly List<XElement> totals = [];
    private readonly TemplateSheet part;
    private readonly byte[] digits = new byte[10];
    private int row;

    public TemplateTable(ReportDocument document, TemplateBook book, string dataset, string tableName, IReadOnlyList<ReportColumn> all, PackageWriter package, ExcelStyles styles)
    {
        this.document = document;
        this.book = book;
        this.dataset = dataset;
        (sheetName, var sheetPart, var tablePart) = book.FindTable(tableName);
        table = book.Change(tablePart).Root!;
        sheet = book.Change(sheetPart).Root!;
        if (!book.Take(sheetPart))
        {
            throw ReportError.TemplateSheetTwice(document.Task.Template!, sheetName);
        }
        // The rows are written without a prefix.
        sheet.Attributes().Where(attribute => attribute.IsNamespaceDeclaration && attribute.Value == Main.NamespaceName).Remove();
        sheet.SetAttributeValue("xmlns", Main.NamespaceName);
        var ends = ((string)table.Attribute("ref")!).Split(':');
        (left, headerRow) = CellReference.Parse(ends[0]);
        (right, bottom) = CellReference.Parse(ends[1]);
        hasTotals = (int?)table.Attribute("totalsRowCount") is > 0;
        bottom -= hasTotals ? 1 : 0;
        var rows = sheet.Element(Main + "sheetData")!.Elements(Main + "row").ToList();
        formulas = FindColumns(all, tableName, rows, styles);
        isRelative = [.. formulas.Select(formula => formula is not null && TableGrowth.InRow(formula, 1) != formula)];
        Sort(rows);
        row = headerRow;
        var longest = Growth(CellReference.MaxRows);
        var lastFormula = beside.Where(cells => cells.Value.Exists(cell => TemplateReferences.Follows(cell.Cell, longest))).Select(cells => cells.Key).DefaultIfEmpty().Max();
        part = new TemplateSheet(package, sheetPart, sheet, longest, lastFormula);
    }

    public void Write(RowBatch rows)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (row == CellReference.MaxRows - 1)
            {
                throw ReportError.TemplateTooManyRows(dataset);
            }
            var cells = rows[index];
            BeginRow();
            Utf8Formatter.TryFormat(row, digits, out var length);
            for (var column = 0; column < columns.Count; column++)
            {
                if (columns[column] is { } filled)
                {
                    filled.Write(cells[filled.Source], digits.AsSpan(0, length), part.Buffer);
                }
                else if (formulas[column] is { } formula)
                {
                    part.Buffer.AddXml($"<c r=\"{CellReference.Of(left + column, row)}\"><f>").AddText(isRelative[column] ? TableGrowth.InRow(formula, row - headerRow - 1) : formula).AddXml("</f></c>");
                }
            }
            EndRow();
        }
    }

    public void End()
    {
        var last = Math.Max(row, headerRow + 1);
        if (row == headerRow)
        {
            BeginRow();
            EndRow();
        }
        var growth = Growth(last);
        if (hasTotals)
        {
            BeginRow();
            foreach (var cell in totals)
            {
                TemplateReferences.FollowFormulas(cell, growth, isOnSheet: true);
                cell.SetAttributeValue("r", CellReference.Of(CellReference.Parse((string)cell.Attribute("r")!).Column, row));
                part.Buffer.AddXml(cell.ToString(SaveOptions.DisableFormatting));
            }
            EndRow();
        }
        foreach (var rest in beside.Keys.Where(rest => rest > row).Order().ToList())
        {
            row = rest - 1;
            BeginRow();
            EndRow();
        }
        foreach (var column in columns.OfType<ExcelColumn>())
        {
            column.Finish();
            ColumnLosses.Warn(document, dataset, column, isAddedUp: true);
        }
        Grow(growth, last);
        part.Complete(growth);
    }

    public void Dispose() => part.Dispose();

    private void BeginRow()
    {
        row++;
        part.Buffer.Add("<row r=\""u8).Add(row).Add("\">"u8);
        AddBeside(column => column < left);
    }

    private void EndRow()
    {
        AddBeside(column => column > right);
        part.EndRow(row);
    }

    private void AddBeside(Func<int, bool> which)
    {
        if (beside.TryGetValue(row, out var cells))
        {
            cells.Where(cell => which(cell.Column)).ToList().ForEach(cell => part.Add(cell.Cell));
        }
    }

    private TableGrowth Growth(int last) => new(sheetName, left, right, headerRow, bottom, last, hasTotals);

    private string?[] FindColumns(IReadOnlyList<ReportColumn> all, string tableName, List<XElement> rows, ExcelStyles styles)
    {
        var layout = ColumnLayout.Of(document, dataset, all);
        var sample = rows.Find(element => (int?)element.Attribute("r") == headerRow + 1);
        var shared = new SharedTexts(limit: 0);
        var own = TemplateTables.Columns(table, tableName, dataset, layout);
        for (var index = 0; index < own.Count; index++)
        {
            var number = left + index;
            var style = sample?.Elements(Main + "c").FirstOrDefault(cell => CellReference.Parse((string)cell.Attribute("r")!).Column == number)?.Attribute("s");
            columns.Add(own[index].Filled is { } filled
                ? new ExcelColumn(filled, own[index].Name, number, styles, shared, document.Culture) { TemplateStyle = (int?)style ?? 0 }
                : null);
        }
        foreach (var column in layout.Where(column => !columns.Exists(filled => filled?.LaidOut == column)))
        {
            document.Warn($"The table '{tableName}' of the template has no column '{column.Column.Header}', so it is left out of the workbook.");
        }
        // Every row is written before the last one is known, so a fixed range over a column has to become the column.
        return [.. own.Select(column => column is { Filled: null, Formula: { } formula }
            ? Growth(bottom).WithNames(formula, (string?)table.Attribute("displayName") ?? tableName, number => TotalFormula.Quoted(own[number - left].Name))
            : null)];
    }

    // Rows at and above the header stay; of the others, what stands beside the table is put back row by row.
    private void Sort(List<XElement> rows)
    {
        foreach (var element in rows)
        {
            var number = (int)element.Attribute("r")!;
            if (number <= headerRow)
            {
                continue;
            }
            element.Remove();
            var cells = element.Elements(Main + "c").Select(cell => (Cell: cell, CellReference.Parse((string)cell.Attribute("r")!).Column)).ToList();
            var within = cells.Where(cell => cell.Column >= left && cell.Column <= right).Select(cell => cell.Cell);
            if (hasTotals && number == bottom + 1)
            {
                totals.AddRange(within);
            }
            else if (number > bottom && within.FirstOrDefault(cell => cell.HasElements) is { } below)
            {
                throw ReportError.TemplateContentBelow(document.Task.Template!, sheetName, (string)below.Attribute("r")!);
            }
            var outside = cells.Where(cell => cell.Column < left || cell.Column > right).ToList();
            if (outside.Count > 0)
            {
                beside.Add(number, outside);
            }
        }
    }

    private void Grow(TableGrowth growth, int last)
    {
        table.SetAttributeValue("ref", CellReference.Range(left, headerRow, right, last + (hasTotals ? 1 : 0)));
        table.Element(Main + "autoFilter")?.SetAttributeValue("ref", CellReference.Range(left, headerRow, right, last));
        table.Elements(Main + "sortState").Remove();
        sheet.Element(Main + "dimension")?.Remove();
        foreach (var ranges in sheet.Descendants().Attributes("sqref").Where(ranges => ranges.Parent!.Name != Main + "selection"))
        {
            ranges.Value = growth.Ranges(ranges.Value);
        }
        // Rules of Excel 2010 and later keep theirs in an element.
        foreach (var ranges in sheet.Descendants().Where(element => element.Name.LocalName == "sqref"))
        {
            ranges.Value = growth.Ranges(ranges.Value);
        }
        TemplateReferences.Follow(book, sheetName, growth);
    }
}
