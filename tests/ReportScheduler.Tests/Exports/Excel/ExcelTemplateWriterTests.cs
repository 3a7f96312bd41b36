using System.Collections.Specialized;
using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ClosedXML.Excel;
using ReportScheduler.Exports;
using ReportScheduler.Rows;

namespace ReportScheduler.Tests.Exports.Excel;

public sealed class ExcelTemplateWriterTests : IDisposable
{
    private readonly ExportFolder folder = new();
    private readonly DataTable rows = new() { Locale = CultureInfo.InvariantCulture };

    public ExcelTemplateWriterTests()
    {
        rows.Columns.Add("region", typeof(string));
        rows.Columns.Add("amount", typeof(decimal));
        rows.Columns.Add("day", typeof(DateTime));
        for (var row = 1; row <= 7; row++)
        {
            rows.Rows.Add($"Region {row}", row * 1.5m, new DateTime(2026, 1, row));
        }
    }

    public void Dispose()
    {
        rows.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Rows_replace_those_of_the_table_and_its_total_moves_down()
    {
        using var book = Fill(sheet => sheet.Cell("F4").Value = "beside");
        Assert.Equal("", string.Join('\n', book.Errors()));
        var cells = book.Cells("Data");
        Assert.Equal("text:My report", cells["A1"]);
        Assert.Equal(Enumerable.Range(1, 7).Select(row => $"text:Region {row}"), Enumerable.Range(4, 7).Select(row => cells[$"B{row}"]));
        Assert.Equal("10.5", cells["C10"]);
        Assert.Equal("text:beside", cells["F4"]);
        Assert.Equal("B3:E11", book.Table("Data").Table.Reference!.Value);
        Assert.Equal("B3:E10", book.Table("Data").Table.AutoFilter!.Reference!.Value);
        Assert.Equal("text:Total", cells["B11"]);
        Assert.Equal("0.00", book.Format("Data", "C4"));
        Assert.Equal("yyyy-mm-dd", book.Format("Data", "D4"));
        Assert.Contains("SUBTOTAL", book.Sheet("Data").Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>()
            .Single(cell => cell.CellReference == "C11").CellFormula!.Text, StringComparison.Ordinal);
        Assert.Equal(7, book.Sheet("Data").Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>()
            .Count(cell => cell.CellFormula?.Text.Contains("This Row", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void Charts_and_names_follow_the_rows_and_other_parts_stay_as_they_are()
    {
        using var book = Fill(_ => { });
        using var before = ZipFile.OpenRead(Path.Combine(folder.Path, "template.xlsx"));
        using var after = ZipFile.OpenRead(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("<f>'Data'!$C$4:$C$10</f><f>Other!$C$4:$C$5</f>", Inside(Text(after, "xl/charts/chart9.xml")));
        Assert.Equal("Data!$C$4:$C$10", book.Workbook.Workbook.DefinedNames!.Single().InnerText);
        var formula = book.Sheet("Other").Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Single();
        Assert.Equal(("SUM(Data!C4:C10)", null), (formula.CellFormula!.Text, formula.CellValue?.Text));
        Assert.Equal(Text(before, "xl/media/picture.bin"), Text(after, "xl/media/picture.bin"));
        Assert.True(book.Workbook.Workbook.CalculationProperties!.FullCalculationOnLoad!.Value);
    }

    [Fact]
    public void Anything_below_the_table_is_an_error_that_says_so()
    {
        var error = Assert.Throws<ReportException>(() => Fill(sheet => sheet.Cell("C9").Value = "note"));
        Assert.Equal(("TemplateContentBelow", "Data!C9"), (error.ErrorId, error.ErrorTarget));
        Assert.Equal(["template.xlsx"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("Nothing", "TemplateTableNotFound", "'Sales_2026'")]
    [InlineData("Sales", "TemplateTableNotFound", "'Sales_2026'")]
    public void A_table_that_is_not_there_is_an_error(string? table, string id, string word)
    {
        var error = Assert.Throws<ReportException>(() => Fill(_ => { }, table));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_workbook_is_an_error()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.Template = Path.Combine(folder.Path, "template.xlsx");
        task.TableName = "x";
        File.WriteAllText(task.Template, "not a workbook");
        var error = Assert.Throws<ReportException>(() => folder.Export(task, ("Sales", rows.CreateDataReader())));
        Assert.Equal(("TemplateNotReadable", task.Template), (error.ErrorId, error.ErrorTarget));
    }

    [Fact]
    public void A_template_is_looked_at_when_the_task_is_made()
    {
        var task = Task(_ => { });
        ExportOptions.Check(task);
        task.TableName = "Nothing";
        Assert.Equal("TemplateTableNotFound", Assert.Throws<ReportException>(() => ExportOptions.Check(task)).ErrorId);
        File.WriteAllText(task.Template!, "no workbook");
        Assert.Equal(("TemplateNotReadable", task.Template), Refused(task));
    }

    [Fact]
    public void Two_datasets_cannot_fill_one_sheet()
    {
        var task = Task(_ => { });
        task.Datasets = FlatOptions.Named(new OrderedDictionary { ["A"] = "select 1", ["B"] = "select 1" });
        Assert.Equal(("TemplateTableNotGiven", "A"), Refused(task));
        task.TableName = new OrderedDictionary { ["A"] = "Sales_2026", ["B"] = "sales_2026" };
        Assert.Equal(("TemplateSheetTwice", "Data"), Refused(task));
    }

    [Fact]
    public void Title_rows_are_refused_with_a_template()
    {
        var task = Task(_ => { });
        task.TitleRows = true;
        Assert.Equal(("TemplateOptionNotUsable", "TitleRows"), Refused(task));
    }

    [Fact]
    public void What_other_formats_can_show_is_a_warning_with_a_template()
    {
        var task = Task(_ => { });
        task.Total = new OrderedDictionary { ["amount"] = "sum" };
        task.Chart = ChartKind.Pie;
        task.Highlight = new OrderedDictionary { ["amount"] = "top 3" };
        Assert.StartsWith("The workbook looks as its template does, so -Total, -Highlight and -Chart do nothing in it.",
            Assert.Single(OptionAdvice.Of(task)), StringComparison.Ordinal);
        task.Format = [ReportFormat.Pdf];
        Assert.StartsWith("The task makes no workbook, so -Template and -TableName do nothing.", Assert.Single(OptionAdvice.Of(task)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_column_that_the_query_lacks_is_told_before_any_run()
    {
        var task = Task(_ => { });
        var error = Assert.Throws<ReportException>(
            () => ColumnOptionCheck.Problems(task, [("Sales", [new SourceColumn(0, "region", "region", ColumnKind.Text)])]).ToList());
        Assert.Equal(("TemplateColumnNotFilled", "Amount"), (error.ErrorId, error.ErrorTarget));
    }

    [Theory]
    [InlineData("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "TemplateHasMacros")]
    [InlineData("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", null)]
    public void An_xltx_becomes_a_workbook_and_macros_are_refused(string type, string? error)
    {
        const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
        var task = Task(_ => { });
        using (var zip = ZipFile.Open(task.Template!, ZipArchiveMode.Update))
        {
            var types = Text(zip, "[Content_Types].xml");
            zip.GetEntry("[Content_Types].xml")!.Delete();
            Put(zip, "[Content_Types].xml", types.Replace(Workbook, type, StringComparison.Ordinal));
        }

        if (error is not null)
        {
            Assert.Equal((error, task.Template), Refused(task));
            return;
        }

        folder.Export(task, ("Sales", rows.CreateDataReader()));
        using var made = ZipFile.OpenRead(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Contains(Workbook, Text(made, "[Content_Types].xml"), StringComparison.Ordinal);
    }

    private static (string, object?) Refused(ReportTask task)
    {
        var error = Assert.Throws<ReportException>(() => ExportOptions.Check(task));
        return (error.ErrorId, error.ErrorTarget);
    }

    private OpenedWorkbook Fill(Action<IXLWorksheet> change, string? table = "Sales_2026")
    {
        folder.Export(Task(change, table), ("Sales", rows.CreateDataReader()));
        return new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
    }

    private ReportTask Task(Action<IXLWorksheet> change, string? table = "Sales_2026")
    {
        var template = Path.Combine(folder.Path, "template.xlsx");
        Design(template, change);
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Template, task.TableName) = (template, table);
        return task;
    }

    [SuppressMessage("Performance", "CA1859", Justification = "what ClosedXML gives")]
    private static void Design(string path, Action<IXLWorksheet> change)
    {
        using (var workbook = new XLWorkbook())
        {
            var sheet = workbook.AddWorksheet("Data");
            sheet.Cell("A1").Value = "My report";
            string[] headers = ["Region", "Amount", "Day", "Double"];
            for (var column = 0; column < 4; column++)
            {
                sheet.Cell(3, 2 + column).Value = headers[column];
            }

            for (var row = 4; row <= 5; row++)
            {
                sheet.Cell(row, 2).Value = "old";
                sheet.Cell(row, 3).Value = 1;
                sheet.Cell(row, 3).Style.NumberFormat.Format = "0.00";
            }

            var table = sheet.Range("B3:E5").CreateTable("Sales_2026");
            table.ShowTotalsRow = true;
            table.Field(0).TotalsRowLabel = "Total";
            table.Field(1).TotalsRowFunction = XLTotalsRowFunction.Sum;
            workbook.NamedRanges.Add("Amounts", "Data!$C$4:$C$5");
            workbook.AddWorksheet("Other").Cell("A1").FormulaA1 = "SUM(Data!C4:C5)";
            change(sheet);
            workbook.SaveAs(path);
        }

        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        Put(zip, "xl/charts/chart9.xml",
            "<c:chartSpace xmlns:c=\"urn:c\"><f>'Data'!$C$4:$C$5</f><numCache/><f>Other!$C$4:$C$5</f></c:chartSpace>");
        Put(zip, "xl/media/picture.bin", "picture");
        // A column that computes, as Excel writes it.
        var part = zip.Entries.Single(entry => entry.FullName.StartsWith("xl/tables/", StringComparison.Ordinal)).FullName;
        var xml = Text(zip, part);
        var start = xml.IndexOf("name=\"Double\"", StringComparison.Ordinal);
        var end = xml.IndexOf("/>", start, StringComparison.Ordinal);
        zip.GetEntry(part)!.Delete();
        Put(zip, part, xml[..end]
            + "><x:calculatedColumnFormula>Sales_2026[[#This Row],[Amount]]*2</x:calculatedColumnFormula></x:tableColumn>"
            + xml[(end + 2)..]);
        var types = Text(zip, "[Content_Types].xml");
        zip.GetEntry("[Content_Types].xml")!.Delete();
        Put(zip, "[Content_Types].xml", types.Replace("</Types>",
            "<Default Extension=\"bin\" ContentType=\"application/octet-stream\"/><Override PartName=\"/xl/charts/chart9.xml\" "
                + "ContentType=\"application/vnd.openxmlformats-officedocument.drawingml.chart+xml\"/></Types>",
            StringComparison.Ordinal));
    }

    private static void Put(ZipArchive zip, string name, string text)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static string Inside(string xml) =>
        xml[(xml.IndexOf("\"urn:c\">", StringComparison.Ordinal) + 8)..xml.IndexOf("</c:chartSpace>", StringComparison.Ordinal)];
}
