using System.IO.Compression;
using System.Text;
using ClosedXML.Excel;
using ReportScheduler.Exports;
using ReportScheduler.Tests.Exports;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Template workbooks that grow, nest, lead out of themselves or are damaged: an error that names the limit, at once.</summary>
public sealed class WorkbookAttackTests : IDisposable
{
    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("xl/workbook.xml")]
    [InlineData("xl/styles.xml")]
    [InlineData("[Content_Types].xml")]
    [InlineData("_rels/.rels")]
    [InlineData("xl/worksheets/sheet1.xml")]
    public void Elements_within_elements(string part) => Refused(
        part, xml => xml.Insert(xml.LastIndexOf("</", StringComparison.Ordinal), Repeat("<a>", 100_000) + Repeat("</a>", 100_000)),
        "TemplateNotSafe", "more than 128 deep");

    [Theory]
    [InlineData("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>")]
    [InlineData("[Content_Types].xml", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>")]
    public void Document_types(string part, string type) => Refused(
        part, xml => xml.Insert(xml.IndexOf("?>", StringComparison.Ordinal) + 2, type), "TemplateNotSafe", "(DTD)");

    [Theory]
    [InlineData("../../outside.xml")]
    [InlineData("xl/../../outside.xml")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\outside.xml")]
    [InlineData("C:/outside.xml")]
    public void Names_that_lead_out(string name) => Refused(zip => Put(zip, name, "x"), "TemplateNotSafe", "leads out of the workbook");

    [Fact]
    public void A_part_that_is_there_twice() => Refused(zip => Put(zip, "XL/workbook.xml", "<x/>"), "TemplateNotSafe", "twice");

    [Fact]
    public void A_part_of_a_gigabyte() => Refused(
        zip =>
        {
            using var stream = zip.CreateEntry("xl/media/large.bin", CompressionLevel.Fastest).Open();
            var nothing = new byte[16 * 1024 * 1024];
            for (var written = 0; written < 40; written++)
            {
                stream.Write(nothing);
            }
        },
        "TemplateNotSafe",
        "512 MB is the most");

    [Fact]
    public void Xml_of_many_megabytes() =>
        Refused("xl/workbook.xml", xml => xml + new string(' ', 70 * 1024 * 1024), "TemplateNotSafe", "64 MB is the most");

    [Fact]
    public void More_parts_than_any_workbook() => Refused(
        zip =>
        {
            for (var part = 0; part < 10_001; part++)
            {
                zip.CreateEntry($"xl/media/{part}.bin");
            }
        },
        "TemplateNotSafe",
        "10,000 is the most");

    [Theory]
    [InlineData("xl/workbook.xml", "<x")]
    [InlineData("xl/workbook.xml", "<x/>")]
    [InlineData("xl/styles.xml", "")]
    [InlineData("_rels/.rels", "<Relationships/>")]
    [InlineData("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='a' Type='b' Target='http://['/></Relationships>")]
    [InlineData("xl/worksheets/sheet1.xml",
        "<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:row r='many'/></x:worksheet>")]
    public void Damaged_parts(string part, string content)
    {
        var problem = Assert.Throws<ReportException>(() => ExportOptions.Check(Task(zip =>
        {
            zip.GetEntry(part)!.Delete();
            Put(zip, part, content);
        })));
        Assert.Contains(problem.ErrorId, (string[])["TemplateNotReadable", "TemplateTableNotFound"]);
    }

    private void Refused(string part, Func<string, string> change, string id, string words) => Refused(
        zip =>
        {
            string text;
            using (var reader = new StreamReader(zip.GetEntry(part)!.Open()))
            {
                text = reader.ReadToEnd();
            }

            zip.GetEntry(part)!.Delete();
            Put(zip, part, change(text));
        },
        id,
        words);

    private void Refused(Action<ZipArchive> change, string id, string words)
    {
        var problem = Assert.Throws<ReportException>(() => ExportOptions.Check(Task(change)));
        Assert.Equal(id, problem.ErrorId);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    private ReportTask Task(Action<ZipArchive> change)
    {
        var path = Path.Combine(folder.Path, "template.xlsx");
        using (var workbook = new XLWorkbook())
        {
            var sheet = workbook.AddWorksheet("Data");
            (sheet.Cell("A1").Value, sheet.Cell("A2").Value) = ("region", "old");
            sheet.Range("A1:A2").CreateTable("Sales");
            workbook.SaveAs(path);
        }

        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            change(zip);
        }

        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Template, task.TableName) = (path, "Sales");
        return task;
    }

    private static void Put(ZipArchive zip, string name, string text)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
