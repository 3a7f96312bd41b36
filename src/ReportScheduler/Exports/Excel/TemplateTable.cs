using System.Xml.Linq;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>A table of a template that gets the rows of a dataset in place of its own.</summary>
internal sealed class TemplateTable : IDisposable
{
    private static readonly XNamespace Main = TemplateBook.Main;

    private readonly ReportDocument document;
    private readonly TemplateBook book;
    private readonly string dataset;
    private readonly TableShape shape;
    private readonly XElement table;
    private readonly XElement sheet;
    private readonly string sheetPart;
    private readonly List<ExcelColumn?> columns = [];
    private readonly string?[] formulas;
    private readonly bool[] isRelative;
    private string[] looks = [];
    private readonly Dictionary<int, XElement> beside = [];
    private readonly List<XElement> totals = [];
    private readonly TemplateSheet part;
    private readonly RowDigits digits = new();
    private readonly RowHeight height = new();
    private int row;

    /// <param name="document">The report.</param>
    /// <param name="book">The template.</param>
    /// <param name="dataset">The dataset that gives the rows.</param>
    /// <param name="tableName">The table that gets them.</param>
    /// <param name="all">The columns of the dataset.</param>
    /// <param name="package">Where the sheet goes.</param>
    /// <param name="styles">The cell formats of the workbook.</param>
    /// <param name="longest">All tables that get rows, at their longest.</param>
    public TemplateTable(
        ReportDocument document, TemplateBook book, string dataset, string tableName, IReadOnlyList<SourceColumn> all,
        PackageWriter package, ExcelStyles styles, IReadOnlyList<TableGrowth> longest)
    {
        this.document = document;
        this.book = book;
        this.dataset = dataset;
        (var sheetName, sheetPart, var tablePart) = book.FindTable(tableName);
        table = book.Change(tablePart).Root!;
        sheet = book.Change(sheetPart).Root!;
        if (!book.Take(sheetPart))
        {
            throw WorkbookErrors.TemplateSheetTwice(document.Task.Template!, sheetName);
        }
        // The rows are written without a prefix.
        sheet.Attributes().Where(attribute => attribute.IsNamespaceDeclaration && attribute.Value == Main.NamespaceName).Remove();
        sheet.SetAttributeValue("xmlns", Main.NamespaceName);
        sheet.Element(Main + "dimension")?.Remove();
        TemplateCells.Number(sheet);
        TemplateCells.ForgetValues(sheet);
        shape = TableShape.Of(sheetName, table);
        var rows = sheet.Element(Main + "sheetData")!.Elements(Main + "row").ToList();
        formulas = FindColumns(all, rows, styles, longest);
        isRelative = [.. formulas.Select(formula => formula is not null && TableGrowth.InRow(formula, 1) != formula)];
        Sort(rows);
        MakeWay();
        row = shape.HeaderRow;
        var references = new TemplateReferences(longest);
        var lastFormula = beside.Where(cells => references.Change(cells.Value, sheetName)).Select(cells => cells.Key).DefaultIfEmpty()
            .Max();
        part = new TemplateSheet(package, sheetPart, sheet, sheetName, references, lastFormula);
    }

    /// <summary>What became of the table, when its rows have ended.</summary>
    public TableGrowth Growth { get; private set; } = null!;

    public void Write(RowBatch rows)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (row == CellReference.MaxRows - 1)
            {
                throw WorkbookErrors.TemplateTooManyRows(dataset);
            }

            var cells = rows[index];
            BeginRow();
            digits.Set(row);
            for (var column = 0; column < columns.Count; column++)
            {
                if (columns[column] is { } filled
                    && (cells[filled.Source].Kind != CellKind.Null || filled.LaidOut.NullText is { Length: > 0 }))
                {
                    filled.Write(cells[filled.Source], height, part.Buffer);
                }
                else if (formulas[column] is not { } formula)
                {
                    AddEmpty(column);
                }
                else
                {
                    part.Buffer.AddXml($"<c r=\"{CellReference.Of(shape.Left + column, row)}\"{looks[column]}><f>")
                        .AddText(isRelative[column] ? TableGrowth.InRow(formula, row - shape.HeaderRow - 1) : formula).AddXml("</f></c>");
                }
            }

            EndRow();
        }
    }

    public void End()
    {
        if (row == shape.HeaderRow)
        {
            BeginRow();
            for (var column = 0; column < columns.Count; column++)
            {
                AddEmpty(column);
            }

            EndRow();
        }

        Growth = new TableGrowth(shape, row);
        part.EndRows(Below());
        WarnOfCovered();
        foreach (var column in columns.OfType<ExcelColumn>())
        {
            column.Finish();
            ColumnLosses.Warn(document, dataset, column, "and are not in its total");
        }

        table.SetAttributeValue("ref", CellReference.Range(shape.Left, shape.Top, shape.Right, row + (shape.HasTotals ? 1 : 0)));
        table.Element(Main + "autoFilter")?.SetAttributeValue("ref", CellReference.Range(shape.Left, shape.Top, shape.Right, row));
    }

    /// <summary>Writes what stands around the rows, when the rows of all tables have ended.</summary>
    public void Complete(TemplateReferences references)
    {
        references.FollowFormulas(table, shape.Sheet);
        part.Complete(references);
    }

    public void Dispose() => part.Dispose();

    private void BeginRow()
    {
        row++;
        part.Buffer.Add("<row r=\""u8).Add(row).Add("\">"u8);
        AddBeside(column => column < shape.Left);
    }

    // A cell without a value looks as the others of its column do.
    private void AddEmpty(int column)
    {
        if (looks[column].Length > 0)
        {
            part.Buffer.AddXml($"<c r=\"{CellReference.Of(shape.Left + column, row)}\"{looks[column]}/>");
        }
    }

    private void EndRow()
    {
        AddBeside(column => column > shape.Right);
        part.EndRow(row);
    }

    private void AddBeside(Func<int, bool> which)
    {
        if (beside.TryGetValue(row, out var cells))
        {
            cells.Elements().Where(cell => which(ColumnOf(cell))).ToList().ForEach(part.Add);
        }
    }

    // The totals, which move, and what stands beside them and further down, which stays.
    private IEnumerable<XElement> Below()
    {
        if (shape.HasTotals)
        {
            var under = beside.GetValueOrDefault(row + 1) ?? new XElement(Main + "row", new XAttribute("r", row + 1));
            foreach (var cell in totals)
            {
                cell.SetAttributeValue("r", CellReference.Of(ColumnOf(cell), row + 1));
            }

            under.ReplaceNodes(under.Elements().Concat(totals).OrderBy(ColumnOf).ToList());
            under.Attributes("spans").Remove();
            beside[row + 1] = under;
        }

        return beside.Keys.Where(number => number > row).Order().Select(number => beside[number]);
    }

    // A chart stays where it is, as cells beside the table do.
    private void WarnOfCovered()
    {
        foreach (var (column, at) in book.Drawings(sheetPart)
            .Where(corner => shape.IsInTheWay(corner) && corner.Row > shape.Bottom && corner.Row <= row))
        {
            document.Warn($"The chart or picture at '{CellReference.Of(column, at)}' on '{shape.Sheet}' of the template covers rows of "
                + $"the table '{shape.Name}', which goes down to row {row}. Move it above the table, beside it, or to another sheet.");
        }
    }

    private static int ColumnOf(XElement cell) => CellReference.Parse((string)cell.Attribute("r")!).Column;

    private string?[] FindColumns(IReadOnlyList<SourceColumn> all, List<XElement> rows, ExcelStyles styles,
        IReadOnlyList<TableGrowth> longest)
    {
        var layout = ColumnLayout.Of(document, dataset, all);
        var sample = rows.Find(element => (int)element.Attribute("r")! == shape.HeaderRow + 1);
        var shared = new SharedTexts(limit: 0);
        var own = TemplateTables.Columns(shape, table, sheet, dataset, layout);
        looks = new string[own.Count];
        for (var index = 0; index < own.Count; index++)
        {
            var number = shape.Left + index;
            var style = sample?.Elements(Main + "c").FirstOrDefault(cell => ColumnOf(cell) == number)?.Attribute("s");
            looks[index] = style is null ? "" : $" s=\"{style.Value}\"";
            columns.Add(own[index].Filled is { } filled
                ? new ExcelColumn(filled, own[index].Name, number, styles, shared, document, digits) { TemplateStyle = (int?)style ?? 0,
                    CountsFrom1904 = book.CountsFrom1904 }
                : null);
        }

        foreach (var column in layout.Where(column => !columns.Exists(filled => filled?.LaidOut == column)))
        {
            document.Warn(
                $"The table '{shape.Name}' of the template has no column '{column.Column.Header}', so it is left out of the workbook.");
        }
        // Every row is written before the last one is known, so a fixed range over a column has to become the column.
        string?[] named = [.. own.Select(column => column is { Filled: null, Formula: { } formula }
            ? longest.Aggregate(formula, (value, growth) => growth.WithNames(value, isOnSheet: growth.Shape.Sheet == shape.Sheet))
            : null)];
        foreach (var (column, formula) in table.Descendants(Main + "tableColumn").Zip(named))
        {
            column.Element(Main + "calculatedColumnFormula")?.SetValue(formula ?? column.Element(Main + "calculatedColumnFormula")!.Value);
        }

        return named;
    }

    // Rows at and above the header stay; of the others, what stands beside the table is put back row by row.
    private void Sort(List<XElement> rows)
    {
        foreach (var element in rows)
        {
            var number = (int)element.Attribute("r")!;
            if (number <= shape.HeaderRow)
            {
                continue;
            }

            element.Remove();
            var within = element.Elements(Main + "c").Where(cell => shape.IsInTheWay((ColumnOf(cell), number))).ToList();
            if (shape.HasTotals && number == shape.Bottom + 1)
            {
                totals.AddRange(within);
            }
            else if (number > shape.Bottom && within.Find(cell => cell.HasElements) is { } below)
            {
                throw WorkbookErrors.TemplateContentBelow(document.Task.Template!, shape.Sheet, (string)below.Attribute("r")!);
            }

            within.ForEach(cell => cell.Remove());
            if (element.HasElements)
            {
                beside.Add(number, element);
            }
        }
    }

    // Merged cells hide all values but one, and Excel has none in a table; a link was one
    // of the old rows; a filter would go on without being asked again.
    private void MakeWay()
    {
        foreach (var merged in sheet.Descendants(Main + "mergeCell"))
        {
            var ends = ((string)merged.Attribute("ref")!).Split(':').Select(end => CellReference.Parse(end)).ToList();
            if (ends[^1].Row > shape.HeaderRow && ends[0].Column <= shape.Right && ends[^1].Column >= shape.Left)
            {
                throw WorkbookErrors.TemplateContentBelow(document.Task.Template!, shape.Sheet, (string)merged.Attribute("ref")!);
            }
        }

        sheet.Descendants(Main + "hyperlink")
            .Where(link => shape.IsInTheWay(CellReference.Parse(((string)link.Attribute("ref")!).Split(':')[0]))).Remove();
        sheet.Elements(Main + "hyperlinks").Where(links => !links.HasElements).Remove();
        table.Descendants(Main + "filterColumn").Elements().Remove();
        table.Elements(Main + "sortState").Remove();
    }
}
