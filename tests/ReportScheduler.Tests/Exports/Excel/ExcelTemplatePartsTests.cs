using System.Data;
using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace ReportScheduler.Tests.Exports.Excel;

/// <summary>What stands in a template beside its table: it follows the rows, or stays byte for byte.</summary>
public sealed class ExcelTemplatePartsTests : IDisposable
{
    private const int Rows = 12;

    private readonly ExportFolder folder = new();

    public ExcelTemplatePartsTests()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        (task.Template, task.TableName) = (TemplatePath, "Sales");
        RichTemplate.Save(TemplatePath);
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("region", typeof(string));
        table.Columns.Add("amount", typeof(int));
        for (var row = 1; row <= Rows; row++)
        {
            table.Rows.Add($"R{row}", row);
        }

        folder.Export(task, ("Sales", table.CreateDataReader()));
    }

    private string TemplatePath => Path.Combine(folder.Path, "template.xlsx");

    private string BookPath => Path.Combine(folder.Path, "sales.xlsx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_workbook_is_as_valid_as_its_template()
    {
        using var template = new OpenedWorkbook(TemplatePath);
        using var book = new OpenedWorkbook(BookPath);
        Assert.Equal(template.Errors(), book.Errors());
        Assert.Equal(["Data", "Report", "Pivot"], book.SheetNames);
    }

    [Fact]
    public void A_pivot_reads_the_new_rows_when_the_workbook_opens()
    {
        var cache = Xml(BookPath, Part("pivotCacheDefinition"));
        Assert.Equal("1", (string?)cache.Attribute("refreshOnLoad"));
        var source = cache.Descendants().Single(element => element.Name.LocalName == "worksheetSource");
        Assert.True((string?)source.Attribute("name") == "Sales" || (string?)source.Attribute("ref") == $"A1:B{Rows + 1}",
            source.ToString());
        Assert.Equal(Bytes(TemplatePath, Part("pivotTables/pivotTable")), Bytes(BookPath, Part("pivotTables/pivotTable")));
    }

    [Fact]
    public void A_chart_draws_the_new_rows()
    {
        var chart = Xml(BookPath, Part("charts/chart"));
        Assert.Equal(["Data!$A$2:$A$13", "Data!$B$2:$B$13"],
            chart.Descendants().Where(element => element.Name.LocalName == "f").Select(element => element.Value));
        Assert.DoesNotContain(chart.Descendants(), element => element.Name.LocalName.EndsWith("Cache", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_and_validations_of_the_table_cover_the_new_rows()
    {
        using var book = new OpenedWorkbook(BookPath);
        var ranges = book.Sheet("Data").Worksheet.Descendants()
            .Where(element => element.LocalName is "conditionalFormatting" or "dataValidation")
            .Select(element => element.GetAttribute("sqref", "").Value);
        Assert.Equal([$"B2:B{Rows + 1}", $"A2:A{Rows + 1}"], ranges);
    }

    [Fact]
    public void Everything_else_stays_byte_for_byte()
    {
        string[] changed = ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml",
            .. Names(TemplatePath).Where(name => name.Contains("sheet1.xml", StringComparison.Ordinal)
            || name.Contains("sheet2.xml", StringComparison.Ordinal) || name.Contains("/tables/", StringComparison.Ordinal)
            || name.Contains("pivotCacheDefinition", StringComparison.Ordinal) || name.Contains("/charts/", StringComparison.Ordinal)
            || name.Contains("calcChain", StringComparison.Ordinal) || name == "xl/_rels/workbook.xml.rels")];
        var same = Names(TemplatePath).Except(changed).ToList();
        Assert.True(same.Any(name => name.Contains("media", StringComparison.Ordinal)), string.Join(' ', same));
        Assert.Contains(same, name => name.Contains("drawing", StringComparison.Ordinal));
        Assert.Contains(same, name => name.EndsWith("sheet3.xml", StringComparison.Ordinal));
        Assert.All(same, name => Assert.Equal(Bytes(TemplatePath, name), Bytes(BookPath, name)));
        Assert.Equal(RichTemplate.Picture, Bytes(BookPath, same.Single(name => name.Contains("media", StringComparison.Ordinal))));
        Assert.Empty(Names(BookPath).Except(Names(TemplatePath)));
    }

    [Fact]
    public void Formulas_on_other_sheets_count_the_new_rows()
    {
        // -1: every sheet as a file of its own
        LibreOffice.Convert(BookPath, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1");
        Assert.Equal([$"{Rows * (Rows + 1) / 2}", $"{Rows}", "2"],
            File.ReadAllLines(Path.Combine(folder.Path, "sales-Report.csv")).Take(3));
        Assert.Equal(["Region,Amount", .. Enumerable.Range(1, Rows).Select(row => $"R{row},{row}")],
            File.ReadAllLines(Path.Combine(folder.Path, "sales-Data.csv")));
    }

    private string Part(string like) => Assert.Single(Names(BookPath),
        name => name.Contains(like, StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.Ordinal));

    private static List<string> Names(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    private static XElement Xml(string path, string part)
    {
        using var stream = new MemoryStream(Bytes(path, part));
        return XElement.Load(stream);
    }

    private static byte[] Bytes(string path, string part)
    {
        using var zip = ZipFile.OpenRead(path);
        using var stream = zip.GetEntry(part)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
