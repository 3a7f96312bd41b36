using System.Collections.Specialized;
using System.Data;
using System.Globalization;
using System.Text;
using ClosedXML.Excel;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace ReportScheduler.Tests.Exports.Excel;

/// <summary>Templates as people and programs make them: tables on several sheets, columns
/// that compute without saying so, content around the table.</summary>
public sealed class ExcelTemplateSheetsTests : IDisposable
{
    private readonly ExportFolder folder = new();

    private string TemplatePath => Path.Combine(folder.Path, "template.xlsx");

    private string BookPath => Path.Combine(folder.Path, "sales.xlsx");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(5, 9)]
    [InlineData(2_000, 1)]
    [InlineData(0, 4_000)]
    public void Formulas_over_the_table_of_another_dataset_follow_it_whichever_comes_first(int north, int south)
    {
        Save(workbook =>
        {
            foreach (var (name, other) in new[] { ("North", "South"), ("South", "North") })
            {
                var sheet = workbook.AddWorksheet(name);
                Table(sheet, name + "Sales", rows: 2).ShowTotalsRow = true;
                sheet.Cell("E1").FormulaA1 = $"SUM({other}!B4:B5)";
                sheet.Cell("E5").FormulaA1 = $"SUM({other}!$B$4:$B$5)";
                sheet.Cell("E40").FormulaA1 = $"SUM({other}!$B$4:$B$5)";
                sheet.Cell("E50").FormulaA1 = $"SUM({other}Sales[amount])";
                // Its own total, which moves, less the other's.
                sheet.Cell("B6").FormulaA1 = $"SUM(B4:B5)-SUM({other}!B4:B5)";
                sheet.Range("B4:B5").AddConditionalFormat().WhenIsTrue($"B4>SUM({other}!$B$4:$B$5)").Fill.SetBackgroundColor(XLColor.Red);
            }
        });
        var task = ExportFolder.TaskWithDatasets(["N", "S"], ReportFormat.Excel);
        (task.Template, task.TableName) = (TemplatePath, new OrderedDictionary { ["N"] = "NorthSales", ["S"] = "SouthSales" });
        folder.Export(task, ("N", Rows(north)), ("S", Rows(south)));

        using var book = new OpenedWorkbook(BookPath);
        Assert.Empty(book.Errors());
        foreach (var (name, own, other, otherRows) in new[] { ("North", north, "South", south), ("South", south, "North", north) })
        {
            var (end, last) = (Math.Max(otherRows, 1) + 3, Math.Max(own, 1) + 3);
            string[] formulas = [.. new[] { "E1", "E5", "E40", "E50", $"B{last + 1}" }.Select(cell => book.Cell(name, cell))
                .Select(cell => $"{cell.CellFormula!.Text} {cell.CellValue?.Text}")];
            Assert.Equal([$"SUM({other}!B4:B{end}) ", $"SUM({other}!$B$4:$B${end}) ", $"SUM({other}!$B$4:$B${end}) ",
                $"SUM({other}Sales[amount]) ", $"SUM(B4:B{last})-SUM({other}!B4:B{end}) "], formulas);
            Assert.Equal($"B4>SUM({other}!$B$4:$B${end})", book.Sheet(name).Worksheet.Descendants<Formula>().Single().Text);
            Assert.Equal(own, book.Sheet(name).Worksheet.Descendants<Cell>()
                .Count(cell => cell.CellReference!.Value!.StartsWith('B') && cell.CellValue is not null && cell.DataType is null));
        }
    }

    [Fact]
    public void A_column_with_a_formula_in_each_cell_computes_though_the_table_does_not_say_so()
    {
        Save(workbook =>
        {
            var sheet = workbook.AddWorksheet("Data");
            Table(sheet, "Sales", rows: 2, "double");
            sheet.Cell("C4").FormulaA1 = "B4*2";
            sheet.Cell("C5").FormulaA1 = "B5*2";
            sheet.Range("C4:C5").Style.NumberFormat.Format = "0.00";
        });
        Fill(3);
        using var book = new OpenedWorkbook(BookPath);
        Assert.Equal(["B4*2", "B5*2", "B6*2"], new[] { "C4", "C5", "C6" }.Select(cell => book.Cell("Data", cell).CellFormula!.Text));
        Assert.Equal("0.00", book.Format("Data", "C6"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void A_cell_without_a_value_looks_as_its_column_does(int rows)
    {
        Save(workbook =>
        {
            var sheet = workbook.AddWorksheet("Data");
            Table(sheet, "Sales", rows: 2);
            sheet.Range("A4:B5").Style.NumberFormat.Format = "0.0000";
        });
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Template, task.TableName) = (TemplatePath, "Sales");
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("region", typeof(string));
        table.Columns.Add("amount", typeof(int));
        for (var row = 0; row < rows; row++)
        {
            table.Rows.Add(null, null);
        }

        folder.Export(task, ("Sales", table.CreateDataReader()));
        using var book = new OpenedWorkbook(BookPath);
        Assert.Equal("0.0000", book.Format("Data", $"B{Math.Max(rows, 1) + 3}"));
        Assert.Null(book.Cell("Data", "A4").CellValue);
    }

    [Fact]
    public void A_column_with_a_formula_in_some_cells_is_refused()
    {
        Save(workbook =>
        {
            var sheet = workbook.AddWorksheet("Data");
            Table(sheet, "Sales", rows: 2, "double");
            sheet.Cell("C4").FormulaA1 = "B4*2";
            sheet.Cell("C5").Value = 4;
        });
        var error = Assert.Throws<ReportException>(() => Fill(3));
        Assert.Equal(("TemplateColumnNotFilled", "double"), (error.ErrorId, error.ErrorTarget));
        Assert.Contains("in all its rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_cell_keeps_what_an_array_formula_gave_with_the_old_rows()
    {
        Save(workbook =>
        {
            var sheet = workbook.AddWorksheet("Data");
            Table(sheet, "Sales", rows: 2);
            sheet.Cell("E1").Value = "stays";
            Array.ForEach(["E4", "E5", "E6"], cell => sheet.Cell(cell).Value = 7);
            var other = workbook.AddWorksheet("Other");
            Array.ForEach(["A1", "A2", "A4"], cell => other.Cell(cell).Value = 7);
        });
        using (var document = SpreadsheetDocument.Open(TemplatePath, isEditable: true))
        {
            foreach (var (first, formula) in new[] { ("E4", "E4:E5"), ("A1", "A1:A2") })
            {
                var cell = document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<Cell>())
                    .Single(cell => cell.CellReference == first);
                cell.CellFormula = new CellFormula("Data!B4:B5*1") { FormulaType = CellFormulaValues.Array, Reference = formula };
            }
        }

        Fill(1);
        using var book = new OpenedWorkbook(BookPath);
        Assert.Equal([null, null, "7"], new[] { "E4", "E5", "E6" }.Select(cell => book.Cell("Data", cell).CellValue?.Text));
        Assert.Equal([null, null, "7"], new[] { "A1", "A2", "A4" }.Select(cell => book.Cell("Other", cell).CellValue?.Text));
        Assert.Equal("Data!B4:B4*1", book.Cell("Other", "A1").CellFormula!.Text);
    }

    [Fact]
    public void The_print_area_takes_in_the_new_rows_and_links_of_the_old_rows_go()
    {
        Save(workbook =>
        {
            var sheet = workbook.AddWorksheet("Data");
            Table(sheet, "Sales", rows: 2);
            sheet.PageSetup.PrintAreas.Add("A1:D7");
            sheet.Cell("A4").Hyperlink = new XLHyperlink("https://example.com/old");
            sheet.Cell("A1").Hyperlink = new XLHyperlink("https://example.com/help");
        });
        Fill(30);
        using var book = new OpenedWorkbook(BookPath);
        Assert.Equal("Data!$A$1:$D$35", book.Workbook.Workbook.DefinedNames!.Single().InnerText.Replace("'", "", StringComparison.Ordinal));
        Assert.Equal(["A1"], book.Sheet("Data").Worksheet.Descendants<Hyperlink>().Select(link => link.Reference!.Value));
    }

    [Fact]
    public void Merged_cells_below_the_table_are_an_error_though_they_are_empty()
    {
        Save(workbook =>
        {
            var sheet = workbook.AddWorksheet("Data");
            Table(sheet, "Sales", rows: 2);
            sheet.Range("B9:D9").Merge();
        });
        var error = Assert.Throws<ReportException>(() => Fill(1));
        Assert.Equal(("TemplateContentBelow", "Data!B9:D9"), (error.ErrorId, error.ErrorTarget));
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(3, false)]
    public void A_chart_below_the_table_is_told_of_when_rows_come_under_it(int rows, bool warned)
    {
        Save(workbook => Table(workbook.AddWorksheet("Data"), "Sales", rows: 2));
        using (var document = SpreadsheetDocument.Open(TemplatePath, isEditable: true))
        {
            var sheet = document.WorkbookPart!.WorksheetParts.Single();
            var drawings = sheet.AddNewPart<DrawingsPart>("drawing");
            using var xml = new MemoryStream(
                Encoding.UTF8.GetBytes(
                    """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from></xdr:twoCellAnchor></xdr:wsDr>"""));
            drawings.FeedData(xml);
            sheet.Worksheet.InsertBefore(new Drawing { Id = "drawing" }, sheet.Worksheet.GetFirstChild<TableParts>());
        }

        Fill(rows);
        Assert.Equal(!warned ? [] : ["The chart or picture at 'B10' on 'Data' of the template covers rows of the table 'Sales', which "
            + "goes down to row 12. Move it above the table, beside it, or to another sheet."], folder.Warnings);
    }

    [Fact]
    public void A_report_is_a_template_too_though_its_cells_have_no_references()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Total = new OrderedDictionary { ["amount"] = "sum" };
        folder.Export(task, ("Sales", Rows(3)));
        File.Move(BookPath, TemplatePath);
        Fill(5, "T_Sales");
        using var book = new OpenedWorkbook(BookPath);
        Assert.Empty(book.Errors());
        var cells = book.Cells("Sales");
        Assert.Equal(["1", "2", "3", "4", "5"], Enumerable.Range(2, 5).Select(row => cells[$"B{row}"]));
        Assert.Equal("SUBTOTAL(109,T_Sales[amount])", book.Cell("Sales", "B7").CellFormula!.Text);
    }

    private void Save(Action<XLWorkbook> design)
    {
        using var workbook = new XLWorkbook();
        design(workbook);
        workbook.SaveAs(TemplatePath, validate: false, evaluateFormulae: true);
    }

    private static IXLTable Table(IXLWorksheet sheet, string name, int rows, params string[] more)
    {
        string[] headers = ["region", "amount", .. more];
        for (var column = 0; column < headers.Length; column++)
        {
            sheet.Cell(3, column + 1).Value = headers[column];
        }

        for (var row = 4; row < 4 + rows; row++)
        {
            sheet.Cell(row, 1).Value = "old";
            sheet.Cell(row, 2).Value = 100;
        }

        return sheet.Range(3, 1, 3 + rows, headers.Length).CreateTable(name);
    }

    private void Fill(int rows, string table = "Sales")
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Template, task.TableName) = (TemplatePath, table);
        folder.Export(task, ("Sales", Rows(rows)));
    }

    private static DataTableReader Rows(int count)
    {
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("region", typeof(string));
        table.Columns.Add("amount", typeof(int));
        for (var row = 1; row <= count; row++)
        {
            table.Rows.Add($"R{row}", row);
        }

        return table.CreateDataReader();
    }
}
