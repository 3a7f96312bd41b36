using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>Measures every way to make a file in a process of its own, in one run, and writes tables and ratios as Markdown.</summary>
/// <remarks>Short measurements are taken several times in turn, and the median counts.</remarks>
internal sealed class ExportsBenchmark(int rows, string folder)
{
    private const string Ours = "ReportScheduler";

    // ClosedXML holds about 11 KB a row.
    private const long ClosedXmlBytesPerRow = 12_000;

    private const int LongPdf = 500_000;
    private const int CancelledRows = 5_000_000;

    private static readonly string[] Formats = [Ours, "Pdf", "Csv", "Html", "Json"];

    private readonly MeasuredProcess process = new(folder);
    private readonly Dictionary<(string Name, int Rows), Measurement> measured = [];
    private readonly StringBuilder report = new();

    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["--only", var name, var rows, var path]:
                Peers.All[name](Number(rows), path);
                using (var self = Process.GetCurrentProcess())
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{self.TotalProcessorTime.TotalSeconds} {Peak(self)}"));
                }

                return 0;
            case ["--cancel", var formats, var rows, var folder]:
                var (seconds, files) = OurExport.Cancel(Number(rows), folder, [.. formats.Split(',').Select(Enum.Parse<ReportFormat>)]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {files}"));
                return 0;
            case ["--pdf"]:
                InFolder(place => new ExportsBenchmark(LongPdf, place).ComparePdf());
                return 0;
            default:
                InFolder(place => new ExportsBenchmark(args is ["--rows", var count] ? Number(count) : 1_000_000, place).Compare());
                return 0;
        }
    }

    private static void InFolder(Action<string> measure)
    {
        var place = Directory.CreateTempSubdirectory("benchmark").FullName;
        try
        {
            measure(place);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private void ComparePdf()
    {
        MeasurePdf(rows / 10);
        var targets = new ExportTargets();
        PdfTargets(targets, rows / 10);
        Say(targets.ToString());
    }

    private void MeasurePdf(int paper)
    {
        Table(1_000, 3, "Pdf");
        Table(paper / 5, 3, "Pdf");
        Table(paper, 3, "Pdf", "PdfPig");
        PdfPages.Unpack(process.PathOf("Pdf"));
        Table(paper, 3, "deflate its pages alone");
        Table(paper * 10, 1, "Pdf");
    }

    private void PdfTargets(ExportTargets targets, int paper)
    {
        var (pdf, start, floor) = (Find("Pdf", paper), Find("Pdf", 1_000), Find("deflate its pages alone", paper));
        targets.AtMost($"PDF, {paper:#,##0} rows: seconds, without those of 1,000, to deflating its pages", 2.5,
            pdf?.Seconds - start?.Seconds, floor?.Seconds);
        targets.AtLeast($"PDF, {paper:#,##0} rows: times as fast as PdfPig", 1, Seconds("PdfPig", paper), Seconds("Pdf", paper));
        targets.AtMost("PDF of 1,000 rows, KB", 110, start?.FileMegabytes * 1000);
        targets.AtMost($"PDF: peak memory of {paper * 10:#,##0} rows to that of {paper / 5:#,##0}", 1.1,
            Find("Pdf", paper * 10)?.PeakMegabytes, Find("Pdf", paper / 5)?.PeakMegabytes);
    }

    private void Compare()
    {
        var small = Math.Min(rows, 100_000);
        var paper = Math.Min(rows, 50_000);
        Say(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, "
            + $"{Environment.OSVersion.Platform}; 10 mixed columns; seconds include the start of the process.\n"));
        // In turn, because the ratios must hold on a machine that others use as well.
        Table(rows, 3, Ours, "SpreadCheetah", "MiniExcel", "EPPlus");
        UnpackSheet();
        Table(rows, 1, "deflate alone, our level", "deflate alone, Optimal", ClosedXmlFits(rows) ? "ClosedXML" : "", "openpyxl, write-only",
            "xlsxwriter, constant memory", "pandas");
        File.Delete(Path.Combine(folder, Peers.SheetFile));
        Table(small, 3, Ours, "SpreadCheetah", "MiniExcel", "EPPlus");
        Table(small, 1, "ClosedXML");
        Table(10_000, 7, Ours, "MiniExcel");
        Table(1_000, 7, Ours, "MiniExcel");
        Table(5 * rows, 1, Ours);
        OurExport.FillSqlite(rows, process.PathOf("SQLite"));
        Table(rows, 3, "SQLite, reading alone", "SQLite to Excel");
        Table(paper, 3, [.. Formats, "all formats at once", "PdfPig"]);
        Table(paper, 1, "pdf, reportlab");
        Table(rows, 3, "Excel, totals", "Excel, groups and totals");
        Table(paper, 3, "Pdf, totals", "Pdf, groups and totals", "Html, totals", "Html, groups and totals");
        Table(paper / 5, 3, "PdfPig", "pdf, reportlab");
        MeasurePdf(paper);
        Say(Targets(small, paper));
        File.WriteAllText("exports.md", report.ToString());
        Console.WriteLine($"Written to {Path.GetFullPath("exports.md")}");
    }

    private string Targets(int small, int paper)
    {
        var targets = new ExportTargets();
        targets.AtLeast($"Excel, {rows:#,##0} rows: times as fast as EPPlus", 10, Seconds("EPPlus", rows), Seconds(Ours, rows));
        var closed = Find("ClosedXML", rows) is null ? small : rows;
        targets.AtLeast($"Excel, {closed:#,##0} rows: times as fast as ClosedXML", 30, Seconds("ClosedXML", closed), Seconds(Ours, closed));
        targets.AtLeast($"Excel, {rows:#,##0} rows: times as fast as MiniExcel", 1.5, Seconds("MiniExcel", rows), Seconds(Ours, rows));
        targets.AtLeast($"Excel, {rows:#,##0} rows: times as fast as SpreadCheetah", 1, Seconds("SpreadCheetah", rows),
            Seconds(Ours, rows));
        targets.AtMost($"Excel, {rows:#,##0} rows: processor seconds to those of deflating its XML", 2.0,
            Find(Ours, rows)?.ProcessorSeconds, Find("deflate alone, our level", rows)?.ProcessorSeconds);
        targets.AtMost("file to the same XML deflated at Optimal", 1.15, Find(Ours, rows)?.FileMegabytes,
            Find("deflate alone, Optimal", rows)?.FileMegabytes);
        targets.AtMost($"peak memory, {rows:#,##0} rows, MB", 130, Find(Ours, rows)?.PeakMegabytes);
        targets.AtMost($"peak memory, {5 * rows:#,##0} rows, MB", 130, Find(Ours, 5 * rows)?.PeakMegabytes);
        targets.AtMost("SQLite to Excel, to the longer of reading alone and exporting from memory", 1.25, Seconds("SQLite to Excel", rows),
            Math.Max(Seconds("SQLite, reading alone", rows) ?? 0, Seconds(Ours, rows) ?? 0));
        targets.AtLeast("Excel, 10,000 rows, cold: times as fast as MiniExcel", 1, Seconds("MiniExcel", 10_000), Seconds(Ours, 10_000));
        targets.AtLeast("Excel, 1,000 rows, cold: times as fast as MiniExcel", 1, Seconds("MiniExcel", 1_000), Seconds(Ours, 1_000));
        targets.AtLeast($"PDF, {paper:#,##0} rows: times as fast as reportlab", 10, Seconds("pdf, reportlab", paper),
            Seconds("Pdf", paper));
        PdfTargets(targets, paper);
        targets.AtMost($"all formats at once, {paper:#,##0} rows, to the sum of separate runs", 0.8, Seconds("all formats at once", paper),
            Formats.Sum(format => Seconds(format, paper)));
        foreach (var (format, count) in new[] { ("Excel", rows), ("Pdf", paper), ("Html", paper) })
        {
            targets.AtMost($"{format}, {count:#,##0} rows: processor seconds of groups of 50 rows to those of totals alone", 1.2,
                Find($"{format}, groups and totals", count)?.ProcessorSeconds, Find($"{format}, totals", count)?.ProcessorSeconds);
        }

        Cancelled(targets, "Excel", $"{ReportFormat.Excel}");
        Cancelled(targets, "all formats", string.Join(',', Enum.GetValues<ReportFormat>()));
        return targets.ToString();
    }

    private void Cancelled(ExportTargets targets, string what, string formats)
    {
        var empty = Directory.CreateDirectory(Path.Combine(folder, what)).FullName;
        var words = MeasuredProcess.Start("exports", "--cancel", formats, $"{CancelledRows}", empty)?.Trim().Split(' ');
        targets.AtMost($"{CancelledRows:#,##0} rows as {what}, cancelled: seconds to the end", 0.5,
            words is null ? null : double.Parse(words[0], CultureInfo.InvariantCulture));
        targets.AtMost($"{CancelledRows:#,##0} rows as {what}, cancelled: files left", 0, words is null ? null : Number(words[1]));
    }

    private void Table(int count, int times, params string[] names)
    {
        var taken = new Dictionary<string, (List<Measurement> Measurements, string Reason)>();
        for (var turn = 0; turn < times; turn++)
        {
            foreach (var name in names.Where(name => name.Length > 0))
            {
                var (measurement, reason) = process.Run(name, count);
                taken.TryAdd(name, ([], reason));
                taken[name].Measurements.AddRange(measurement is null ? [] : [measurement]);
            }
        }

        var table = new StringBuilder().AppendLine(Measurement.Header(count));
        foreach (var (name, (measurements, reason)) in taken)
        {
            if (measurements.Count > 0)
            {
                measured[(name, count)] = measurements.OrderBy(measurement => measurement.Seconds).ElementAt(measurements.Count / 2);
            }

            table.AppendLine(Find(name, count)?.ToString() ?? $"| {name} | {reason} | | | | |");
        }

        Say(table.ToString());
    }

    private Measurement? Find(string name, int count) => measured.GetValueOrDefault((name, count));

    private double? Seconds(string name, int count) => Find(name, count)?.Seconds;

    private void Say(string text)
    {
        Console.WriteLine(text);
        report.AppendLine(text);
    }

    private void UnpackSheet()
    {
        using var zip = ZipFile.OpenRead(process.PathOf(Ours));
        zip.Entries.MaxBy(entry => entry.Length)!.ExtractToFile(Path.Combine(folder, Peers.SheetFile));
    }

    private bool ClosedXmlFits(int count)
    {
        var fits = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > count * ClosedXmlBytesPerRow;
        if (!fits)
        {
            Say($"ClosedXML is not measured with {count:#,##0} rows: it needs {count * ClosedXmlBytesPerRow / 1e9:0} GB of memory.\n");
        }

        return fits;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // Linux says what the peak was; elsewhere the process does.
    private static long Peak(Process self)
    {
        if (File.Exists("/proc/self/status"))
        {
            var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
            return long.Parse(string.Concat(line.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture) / 1024;
        }

        return self.PeakWorkingSet64 >> 20;
    }
}
