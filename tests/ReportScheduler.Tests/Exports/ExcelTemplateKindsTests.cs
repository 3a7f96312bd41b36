using System.Collections.Specialized;
using System.Data;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ClosedXML.Excel;
using ReportScheduler.Exports;
using ReportScheduler.Templates;
using ReportScheduler.Tests.Exports.Excel;

namespace ReportScheduler.Tests.Exports;

/// <summary>Templates of other kinds than the newest Excel saves them: from 1904, without
/// headers, Strict, with macros, with pivots of other data.</summary>
public sealed class ExcelTemplateKindsTests : IDisposable
{
    private readonly ExportFolder folder = new();
    private readonly DataTable rows = new() { Locale = CultureInfo.InvariantCulture };

    public ExcelTemplateKindsTests()
    {
        rows.Columns.Add("region", typeof(string));
        rows.Columns.Add("net amount", typeof(decimal));
        rows.Columns.Add("day", typeof(DateTime));
        rows.Rows.Add("North", 1.5m, new DateTime(2026, 3, 1));
        rows.Rows.Add("South", 2.5m, new DateTime(2026, 3, 2, 12, 0, 0));
        rows.Rows.Add("East", 3.5m, new DateTime(1904, 1, 1));
        rows.Rows.Add("West", 4.5m, new DateTime(1903, 12, 31));
    }

    public void Dispose()
    {
        rows.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    public void Days_are_counted_as_the_template_counts_them(string value)
    {
        var task = Task("book.xlsx");
        Edit(task, "xl/workbook.xml", xml => WithDates(xml, $"date1904=\"{value}\""));
        var cells = Made(task).Cells("Data");
        Assert.Equal(["44620", "44621.5", "0"], [cells["C2"], cells["C3"], cells["C4"]]);
        Assert.StartsWith("text:1903-12-31", cells["C5"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_counts_from_1900_stays_so()
    {
        var task = Task("book.xlsx");
        Edit(task, "xl/workbook.xml", xml => WithDates(xml, "date1904=\"0\""));
        Assert.Equal("46082", Made(task).Cells("Data")["C2"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_table_without_a_header_gets_rows_from_its_first_row_on(int top)
    {
        var task = Task("book.xlsx", top);
        Edit(task, Part(task, "xl/tables/"), xml => WithoutHeader(xml, top));
        using var book = Made(task);
        Assert.Equal($"A{top + 1}:C{top + 4}", book.Table("Data").Table.Reference!.Value);
        var cells = book.Cells("Data");
        Assert.Equal(["text:North", "text:West"], [cells[$"A{top + 1}"], cells[$"A{top + 4}"]]);
        Assert.Equal("text:region", cells[$"A{top}"]);
    }

    [Fact]
    public void A_table_without_a_header_may_begin_in_the_first_row()
    {
        var task = Task("book.xlsx");
        Edit(task, Part(task, "xl/tables/"), xml => WithoutHeader(xml, 1).Replace("A2:C3", "A1:C3", StringComparison.Ordinal));
        using var book = Made(task);
        Assert.Equal("A1:C4", book.Table("Data").Table.Reference!.Value);
        Assert.Equal("text:North", book.Cells("Data")["A1"]);
    }

    [Theory]
    [InlineData("net_x000a_amount")]
    [InlineData("net_x000A_amount")]
    [InlineData("Net_x000d__x000a_Amount")]
    [InlineData("net  amount")]
    public void A_header_of_two_lines_is_named_with_a_space(string name)
    {
        var task = Task("book.xlsx");
        Edit(task, Part(task, "xl/tables/"), xml => xml.Replace("name=\"net amount\"", $"name=\"{name}\"", StringComparison.Ordinal));
        Assert.Equal("1.5", Made(task).Cells("Data")["B2"]);
    }

    [Fact]
    public void Strict_open_xml_is_filled_and_becomes_a_workbook_that_every_reader_takes()
    {
        var task = Task("book.xlsx");
        RichTemplate.Save(task.Template!);
        using (var zip = ZipFile.Open(task.Template!, ZipArchiveMode.Update))
        {
            foreach (var name in zip.Entries.Select(entry => entry.FullName)
                .Where(name => name.EndsWith(".xml", StringComparison.Ordinal) || name.EndsWith(".rels", StringComparison.Ordinal))
                .ToList())
            {
                var xml = Text(zip, name).Replace("/extended-properties\"", "/extendedProperties\"", StringComparison.Ordinal);
                foreach (var kind in (string[])["officeDocument", "spreadsheetml", "drawingml"])
                {
                    xml = xml.Replace($"http://schemas.openxmlformats.org/{kind}/2006/", $"http://purl.oclc.org/ooxml/{kind}/",
                        StringComparison.Ordinal);
                }

                zip.GetEntry(name)!.Delete();
                Put(zip, name, xml);
            }
        }

        (task.TableName, task.Total) = ("Sales", null);
        rows.Columns["net amount"]!.ColumnName = "amount";
        using var book = Made(task);
        Assert.Equal("", string.Join('\n', book.Errors().Where(error => error.Contains("purl", StringComparison.Ordinal))));
        Assert.Equal("text:North", book.Cells("Data")["A2"]);
        using var made = ZipFile.OpenRead(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.All(made.Entries, entry => Assert.DoesNotContain("purl.oclc.org", Text(made, entry.FullName), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<worksheetSource name=\"Sales\"/>", true)]
    [InlineData("<worksheetSource ref=\"A1:C3\" sheet=\"Data\"/>", true)]
    [InlineData("<worksheetSource name=\"OfData\"/>", true)]
    // as Excel writes whole columns and rows
    [InlineData("<worksheetSource ref=\"A:C\" sheet=\"Data\"/>", true)]
    [InlineData("<worksheetSource ref=\"$B:$XFD\" sheet=\"Data\"/>", true)]
    [InlineData("<worksheetSource ref=\"1:1048576\" sheet=\"Data\"/>", true)]
    [InlineData("<worksheetSource ref=\"H:J\" sheet=\"Data\"/>", false)]
    [InlineData("<worksheetSource ref=\"900:901\" sheet=\"Data\"/>", false)]
    [InlineData("<worksheetSource ref=\"A:C\" sheet=\"Other\"/>", false)]
    [InlineData("<worksheetSource name=\"Costs\"/>", false)]
    [InlineData("<worksheetSource ref=\"H1:J9\" sheet=\"Data\"/>", false)]
    [InlineData("<worksheetSource ref=\"A1:C3\" sheet=\"Other\"/>", false)]
    [InlineData("<worksheetSource ref=\"A1:C3\" sheet=\"Data\" r:id=\"rId9\"/>", false)]
    public void Only_pivots_of_the_table_are_read_anew(string source, bool isRead)
    {
        var task = Task("book.xlsx");
        const string Cache = "xl/pivotCache/pivotCacheDefinition9.xml";
        Edit(task, "xl/workbook.xml", xml => xml.Replace("</x:sheets>",
            "</x:sheets><x:definedNames><x:definedName name=\"OfData\">Data!$A$1:$C$3</x:definedName></x:definedNames>",
            StringComparison.Ordinal));
        Edit(task, "[Content_Types].xml", xml => xml.Replace("</Types>",
            $"<Override PartName=\"/{Cache}\" "
                + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml\"/></Types>",
            StringComparison.Ordinal));
        var pivot =
            "<pivotCacheDefinition xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><cacheSource "
                + $"type=\"worksheet\">{source}</cacheSource></pivotCacheDefinition>";
        using (var zip = ZipFile.Open(task.Template!, ZipArchiveMode.Update))
        {
            Put(zip, Cache, pivot);
        }

        Made(task).Dispose();
        using var made = ZipFile.OpenRead(Path.Combine(folder.Path, "sales.xlsx"));
        var written = Text(made, Cache);
        Assert.Equal(isRead, written.Contains("refreshOnLoad=\"1\"", StringComparison.Ordinal));
        Assert.True(isRead || written == pivot, written);
    }

    [Theory]
    [InlineData("book.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")]
    [InlineData("book.xltm", "application/vnd.ms-excel.template.macroEnabled.main+xml")]
    public void Macros_are_kept_in_a_report_whose_name_says_so(string name, string type)
    {
        const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
        var task = Task("book.xlsx");
        Edit(task, "[Content_Types].xml", xml => xml.Replace(Workbook, type, StringComparison.Ordinal));
        using (var zip = ZipFile.Open(task.Template!, ZipArchiveMode.Update))
        {
            Put(zip, "xl/vbaProject.bin", "macros");
        }

        task.Template = Path.ChangeExtension(task.Template, Path.GetExtension(name));
        File.Move(Path.Combine(folder.Path, "book.xlsx"), task.Template!);
        ExportOptions.Check(task);
        Assert.Equal("sales.xlsm", FileNames.Render(Named(task), Model(task), ReportFormat.Excel));
        using var book = Made(task);
        using var made = ZipFile.OpenRead(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("macros", Text(made, "xl/vbaProject.bin"));
        Assert.Contains("application/vnd.ms-excel.sheet.macroEnabled.main+xml", Text(made, "[Content_Types].xml"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_only_table_needs_no_name_and_of_several_the_names_are_said()
    {
        var task = Task("book.xlsx");
        task.TableName = null;
        ExportOptions.Check(task);
        Assert.Equal("text:North", Made(task).Cells("Data")["A2"]);

        using (var workbook = new XLWorkbook(task.Template))
        {
            var other = workbook.AddWorksheet("Second");
            (other.Cell("A1").Value, other.Cell("A2").Value) = ("x", 1);
            other.Range("A1:A2").CreateTable("Costs");
            workbook.Save();
        }

        var error = Assert.Throws<ReportException>(() => ExportOptions.Check(task));
        Assert.Equal("TemplateTableNotGiven", error.ErrorId);
        Assert.Contains("'Sales' and 'Costs'", error.Message, StringComparison.Ordinal);
        task.TableName = new OrderedDictionary { ["Other"] = "Sales" };
        Assert.Contains("'Sales' and 'Costs'", Assert.Throws<ReportException>(() => ExportOptions.Check(task)).Message,
            StringComparison.Ordinal);
    }

    private static ReportTask Named(ReportTask task)
    {
        task.FileName = "sales.xlsx";
        return task;
    }

    private static TemplateModel Model(ReportTask task) =>
        new(task, new ReportRun { DueAt = DateTimeOffset.UnixEpoch }, CultureInfo.InvariantCulture, TimeZoneInfo.Utc);

    private static string WithDates(string xml, string attribute) => xml.Contains("<x:workbookPr", StringComparison.Ordinal)
        ? xml.Replace("<x:workbookPr", $"<x:workbookPr {attribute}", StringComparison.Ordinal)
        : xml.Replace("<x:bookViews", $"<x:workbookPr {attribute}/><x:bookViews", StringComparison.Ordinal);

    private static string WithoutHeader(string xml, int top)
    {
        xml = xml.Replace($"ref=\"A{top}:C{top + 2}\"", $"ref=\"A{top + 1}:C{top + 2}\"", StringComparison.Ordinal)
            .Replace("<x:table ", "<x:table headerRowCount=\"0\" ", StringComparison.Ordinal);
        var filter = xml.IndexOf("<x:autoFilter", StringComparison.Ordinal);
        return filter < 0 ? xml : xml.Remove(filter, xml.IndexOf("/>", filter, StringComparison.Ordinal) + 2 - filter);
    }

    private OpenedWorkbook Made(ReportTask task)
    {
        folder.Export(task, ("Sales", rows.CreateDataReader()));
        return new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
    }

    private ReportTask Task(string name, int top = 1)
    {
        var path = Path.Combine(folder.Path, name);
        using (var workbook = new XLWorkbook())
        {
            var sheet = workbook.AddWorksheet("Data");
            string[] headers = ["region", "net amount", "day"];
            for (var column = 0; column < headers.Length; column++)
            {
                sheet.Cell(top, 1 + column).Value = headers[column];
                sheet.Cell(top + 1, 1 + column).Value = "old";
                sheet.Cell(top + 2, 1 + column).Value = "older";
            }

            sheet.Range(top, 1, top + 2, 3).CreateTable("Sales");
            workbook.SaveAs(path);
        }

        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Template, task.TableName) = (path, "Sales");
        return task;
    }

    private static void Edit(ReportTask task, string part, Func<string, string> change)
    {
        using var zip = ZipFile.Open(task.Template!, ZipArchiveMode.Update);
        var before = Text(zip, part);
        var after = change(before);
        Assert.NotEqual(before, after);
        zip.GetEntry(part)!.Delete();
        Put(zip, part, after);
    }

    private static string Part(ReportTask task, string under)
    {
        using var zip = ZipFile.OpenRead(task.Template!);
        return zip.Entries.Single(entry => entry.FullName.StartsWith(under, StringComparison.Ordinal)).FullName;
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
}
