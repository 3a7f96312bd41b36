using System.IO.Compression;
using ClosedXML.Excel;
using MiniExcelLibs;
using OfficeOpenXml;
using ReportScheduler.Benchmarks.Splits;
using ReportScheduler.Exports.Excel;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>The .NET ways to make a file that are measured.</summary>
internal static class Peers
{
    /// <summary>The worksheet of the workbook made before, which the two floors deflate again on one core.</summary>
    public const string SheetFile = "sheet.xml";

    private const int RowsOfGroup = 50;

    public static readonly Dictionary<string, Action<int, string>> All = new()
    {
        ["ReportScheduler"] = (rows, path) => OurExport.Make(new SampleReader(rows), path, ReportFormat.Excel),
        ["MiniExcel"] = (rows, path) => MiniExcel.SaveAs(path, new SampleReader(rows)),
        ["SpreadCheetah"] = SpreadCheetahPeer.Make,
        ["EPPlus"] = EpPlus,
        ["ClosedXML"] = Closed,
        ["deflate alone, our level"] = (_, path) => Deflate(path, stream => Deflater.Open(stream)),
        ["deflate alone, Optimal"] =
            (_, path) => Deflate(path, stream => new DeflateStream(stream, System.IO.Compression.CompressionLevel.Optimal)),
        ["Pdf"] = (rows, path) => OurExport.Make(new SampleReader(rows), path, ReportFormat.Pdf),
        ["Csv"] = (rows, path) => OurExport.Make(new SampleReader(rows), path, ReportFormat.Csv),
        ["Html"] = (rows, path) => OurExport.Make(new SampleReader(rows), path, ReportFormat.Html),
        ["Json"] = (rows, path) => OurExport.Make(new SampleReader(rows), path, ReportFormat.Json),
        ["all formats at once"] = (rows, path) => OurExport.Make(new SampleReader(rows), path, Enum.GetValues<ReportFormat>()),
        ["Excel, totals"] = (rows, path) => OurExport.Make(new SampleReader(rows, RowsOfGroup), path, ReportFormat.Excel, isGrouped: false),
        ["Excel, groups and totals"] =
            (rows, path) => OurExport.Make(new SampleReader(rows, RowsOfGroup), path, ReportFormat.Excel, isGrouped: true),
        ["Pdf, totals"] = (rows, path) => OurExport.Make(new SampleReader(rows, RowsOfGroup), path, ReportFormat.Pdf, isGrouped: false),
        ["Pdf, groups and totals"] =
            (rows, path) => OurExport.Make(new SampleReader(rows, RowsOfGroup), path, ReportFormat.Pdf, isGrouped: true),
        ["Html, totals"] = (rows, path) => OurExport.Make(new SampleReader(rows, RowsOfGroup), path, ReportFormat.Html, isGrouped: false),
        ["Html, groups and totals"] =
            (rows, path) => OurExport.Make(new SampleReader(rows, RowsOfGroup), path, ReportFormat.Html, isGrouped: true),
        [SplitBenchmark.One] =
            (rows, path) => OurExport.Make(new SampleReader(rows, SplitBenchmark.RowsOf(rows)), path, ReportFormat.Excel),
        [SplitBenchmark.Parts] = (rows, path) => OurExport.Split(new SampleReader(rows, SplitBenchmark.RowsOf(rows)), path),
        ["deflate its pages alone"] = (_, path) => PdfPages.Deflate(path),
        ["PdfPig"] = PdfPigPeer.Make,
        ["SQLite, reading alone"] = (_, path) => OurExport.FromSqlite(path, OurExport.Read),
        ["SQLite to Excel"] = (_, path) => OurExport.FromSqlite(path, reader => OurExport.Make(reader, path, ReportFormat.Excel)),
    };

    private static void EpPlus(int rows, string path)
    {
        using var package = new ExcelPackage(new FileInfo(path));
        var sheet = package.Workbook.Worksheets.Add("Sales");
        sheet.Cells["A1"].LoadFromDataReader(new SampleReader(rows), PrintHeaders: true, "Sales", OfficeOpenXml.Table.TableStyles.Medium2);
        sheet.Column(9).Style.Numberformat.Format = "yyyy-mm-dd hh:mm:ss";
        package.Save();
    }

    private static void Closed(int rows, string path)
    {
        using var workbook = new XLWorkbook();
        workbook.AddWorksheet("Sales").Cell(1, 1).InsertTable(Sale.Of(new SampleReader(rows)));
        workbook.SaveAs(path);
    }

    private static void Deflate(string path, Func<Stream, DeflateStream> open)
    {
        using var sheet = File.OpenRead(Path.Combine(Path.GetDirectoryName(path)!, SheetFile));
        using var file = File.Create(path);
        using var deflate = open(file);
        sheet.CopyTo(deflate, 1 << 18);
    }
}
