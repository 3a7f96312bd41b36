using System.Data;
using System.Globalization;
using ClosedXML.Excel;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ReportScheduler.Exports.Excel;

namespace ReportScheduler.Tests.Exports.Excel;

/// <summary>Formulas of a template that take in its table: they follow the rows wherever
/// they stand, and nobody reads the values of the old rows.</summary>
public sealed class ExcelTemplateFormulasTests : IDisposable
{
    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(5, 15)]
    [InlineData(5_000, 12_502_500)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void Formulas_on_the_sheet_of_the_table_add_up_the_new_rows(int rows, int sum)
    {
        var book = Fill(rows, sheet =>
        {
            sheet.Cell("F1").FormulaA1 = "SUM(C4:C6)";
            sheet.Cell("C1").FormulaA1 = "SUM($C$4:$C$6)+0*C7";
            sheet.Cell("F3").FormulaA1 = "SUM(Data!C4:C6)";
            // Beside the table, and further down than few rows go.
            sheet.Cell("A5").FormulaA1 = "SUM(C4:C6)";
            sheet.Cell("F5").FormulaA1 = "SUM(B4:C6)";
            sheet.Cell("F6").FormulaA1 = "F1*2";
            sheet.Cell("F40").FormulaA1 = "SUM(C4:C6)";
            sheet.Cell("F41").FormulaA1 = "C7";
        });
        using (var opened = new OpenedWorkbook(book))
        {
            Assert.Empty(opened.Errors());
        }

        var calculated = LibreOffice.Convert(book, "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,1");
        var lines = File.ReadAllLines(File.Exists(calculated) ? calculated : book.Replace(".xlsx", "-Data.csv", StringComparison.Ordinal))
            .Select(line => line.Split(';')).ToList();
        string[] values = [lines[0][5], lines[0][2], lines[2][5], lines[4][0], lines[4][5], lines[39][5], lines[40][5]];
        Assert.All(values, value => Assert.Equal(sum.ToString(CultureInfo.InvariantCulture), value));
        Assert.Equal($"{sum * 2}", lines[5][5]);
        var last = Math.Max(4, rows + 3);
        Assert.Equal($"=SUM(C4:C{last}) =SUM($C$4:$C${last})+0*C{last + 1} =SUM(C4:C{last}) =C{last + 1} =SUM(C4:C{last})", Read(book,
            "w=b['Data']; print(w['F1'].value, w['C1'].value, w['A5'].value, w['F41'].value, w['C%d' % " + (last + 1) + "].value)"));
        Assert.Equal("None None None None", Read(book, "w=openpyxl.load_workbook(sys.argv[1], data_only=True)['Data']; "
            + "print(w['F1'].value, w['A5'].value, w['F6'].value, w['F40'].value)"));
    }

    [Theory]
    [InlineData("SUM(Data!C4:C6)", "SUM(Data!C4:C9)")]
    [InlineData("SUM('Data'!$C$4:$C$6,data!B4:C6)", "SUM('Data'!$C$4:$C$9,data!B4:C9)")]
    [InlineData("Data!C7+Data!C$7", "Data!C10+Data!C$10")]
    [InlineData("SUM(Data!B7:C7)", "SUM(Data!B10:C10)")]
    [InlineData("SUM(Data!C4:C7)", "SUM(Data!C4:C10)")]
    // What is none of the table's, or no reference at all.
    [InlineData("\"'My Data'!C4:C6\"&\"x\"", "\"'My Data'!C4:C6\"&\"x\"")]
    [InlineData("\"a \"\"Data!C4:C6\"", "\"a \"\"Data!C4:C6\"")]
    [InlineData("SUM(C4:C6)", "SUM(C4:C6)")]
    [InlineData("SUM([1]Data!C4:C6)", "SUM([1]Data!C4:C6)")]
    [InlineData("SUM('[1]Data'!C4:C6)", "SUM('[1]Data'!C4:C6)")]
    [InlineData("SUM(Other!C4:C6)", "SUM(Other!C4:C6)")]
    [InlineData("SUM(Other:Data!C4:C6)", "SUM(Other:Data!C4:C6)")]
    [InlineData("Sales[C7]+Data!C7_x", "Sales[C7]+Data!C7_x")]
    [InlineData("SUM(Data!A4:C6)+Data!C6+Data!C1", "SUM(Data!A4:C6)+Data!C6+Data!C1")]
    public void A_reference_follows_when_it_is_one_and_means_the_table(string formula, string expected) =>
        Assert.Equal(expected, Growth(3, 6, 9, hasTotals: true).Formula(formula));

    [Theory]
    [InlineData("SUM(C4:C6)", "SUM(C4:C9)")]
    [InlineData("SUM(Other!C4:C6)", "SUM(Other!C4:C6)")]
    [InlineData("C7&\"C4:C6\"", "C10&\"C4:C6\"")]
    [InlineData("LOG10(C7)+Sales[[#Totals],[C7]]", "LOG10(C10)+Sales[[#Totals],[C7]]")]
    public void On_the_sheet_of_the_table_a_reference_needs_no_name(string formula, string expected) =>
        Assert.Equal(expected, Growth(3, 6, 9, hasTotals: true).Formula(formula, isOnSheet: true));

    [Theory]
    [InlineData(9, "Data!$B$4:$B$9", "B4:B9 C4")]
    [InlineData(4, "Data!$B$4", "B4 C4")]
    public void Charts_and_rules_of_a_table_of_one_row_follow_though_they_name_one_cell(int last, string chart, string rule)
    {
        var growth = Growth(2, 4, last, hasTotals: false);
        Assert.Equal(chart, growth.Formula("Data!$B$4", ofChart: true));
        Assert.Equal(rule, growth.Ranges("B4 C4"));
        Assert.Equal("Data!$B$3", growth.Formula("Data!$B$3", ofChart: true));
        // Elsewhere one cell may be meant as one.
        Assert.Equal("Data!$B$4*2", growth.Formula("Data!$B$4*2"));
    }

    [Fact]
    public void No_formula_keeps_the_value_of_the_old_rows()
    {
        var book = Fill(9, sheet =>
        {
            var other = sheet.Workbook.AddWorksheet("Other");
            other.Cell("A1").FormulaA1 = "SUM(Sales[Amount])";
            other.Cell("A2").FormulaA1 = "\"'Data'!C4:C6\"&\"x\"";
            other.Cell("A3").Value = 7;
        });
        Assert.Equal("""=SUM(Sales[Amount]) ="'Data'!C4:C6"&"x" 7""",
            Read(book, "w=b['Other']; print(w['A1'].value, w['A2'].value, w['A3'].value)"));
        Assert.Equal("None None 7", Read(book,
            "w=openpyxl.load_workbook(sys.argv[1], data_only=True)['Other']; print(w['A1'].value, w['A2'].value, w['A3'].value)"));
    }

    [Theory]
    // Relative rows go along, fixed ones stay.
    [InlineData("C4*2", "C6*2")]
    [InlineData("C4/$F$1+Other!A4", "C6/$F$1+Other!A6")]
    [InlineData("SUM(C$4:C4)", "SUM(C$4:C6)")]
    [InlineData("C4&\"C4\"&Sales[C4]", "C6&\"C4\"&Sales[C4]")]
    [InlineData("SUM(C4:C6)", "SUM(C6:C8)")]
    // Whole columns and totals are taken by name.
    [InlineData("C4/SUM($C$4:$C$6)", "C6/SUM(Sales[Amount '#1])")]
    [InlineData("SUM(Data!B$4:C$6)", "SUM(Sales[[Region]:[Amount '#1]])")]
    [InlineData("C4/C$7", "C6/Sales[[#Totals],[Amount '#1]]")]
    [InlineData("SUM(Other!$C$4:$C$6)", "SUM(Other!$C$4:$C$6)")]
    public void A_computing_column_computes_in_every_row_from_that_row(string formula, string expected)
    {
        var book = Fill(3, sheet => sheet.Workbook.AddWorksheet("Other"), header: "Amount #1", computed: formula);
        using var opened = new OpenedWorkbook(book);
        Assert.Empty(opened.Errors());
        Assert.Equal(expected, opened.Cell("Data", "D6").CellFormula!.Text);
    }

    private static TableGrowth Growth(int right, int bottom, int newBottom, bool hasTotals) =>
        new TableGrowth(new TableShape("Data", "Sales", 2, right, 3, bottom, hasTotals, HasHeader: true, ["Region", "Amount"]), newBottom);

    private string Fill(int rows, Action<IXLWorksheet> change, string header = "Amount", string? computed = null)
    {
        var template = Path.Combine(folder.Path, "template.xlsx");
        using (var workbook = new XLWorkbook())
        {
            var sheet = workbook.AddWorksheet("Data");
            sheet.Cell("B3").Value = "Region";
            sheet.Cell("C3").Value = header;
            sheet.Cell("D3").Value = computed is null ? "" : "Computed";
            for (var row = 4; row <= 6; row++)
            {
                sheet.Cell(row, 3).Value = 100;
            }

            var table = sheet.Range(computed is null ? "B3:C6" : "B3:D6").CreateTable("Sales");
            table.ShowTotalsRow = true;
            table.Field(1).TotalsRowFunction = XLTotalsRowFunction.Sum;
            change(sheet);
            // A totals row as other programs write it.
            sheet.Cell("C7").FormulaA1 = "SUM(C4:C6)";
            workbook.SaveAs(template, validate: false, evaluateFormulae: true);
        }

        if (computed is not null)
        {
            using var document = SpreadsheetDocument.Open(template, isEditable: true);
            var column = document.WorkbookPart!.WorksheetParts.SelectMany(part => part.TableDefinitionParts)
                .Single().Table.TableColumns!.Elements<TableColumn>().Last();
            column.CalculatedColumnFormula = new CalculatedColumnFormula(computed);
        }

        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Template, task.TableName) = (template, "Sales");
        using var data = new DataTable { Locale = CultureInfo.InvariantCulture };
        data.Columns.Add("region", typeof(string));
        data.Columns.Add(header, typeof(int));
        for (var row = 1; row <= rows; row++)
        {
            data.Rows.Add($"R{row}", row);
        }

        folder.Export(task, ("Sales", data.CreateDataReader()));
        return Path.Combine(folder.Path, "sales.xlsx");
    }

    private static string Read(string book, string code) =>
        Python.Run("openpyxl", $"import sys, openpyxl; b=openpyxl.load_workbook(sys.argv[1]); {code}", book)[0];
}
