using System.Globalization;
using ReportScheduler.Benchmarks.Exports;

namespace ReportScheduler.Benchmarks.Splits;

/// <summary>Measures what it costs to make a thousand workbooks of sorted rows beside one
/// workbook of the same rows: processor seconds, and memory.</summary>
internal static class SplitBenchmark
{
    public const string One = "one workbook";
    public const string Parts = "1,000 workbooks";

    private const int Keys = 1_000;
    private const int Times = 3;

    /// <summary>How many of the rows each key has.</summary>
    public static int RowsOf(int rows) => Math.Max(1, rows / Keys);

    public static int Run(string[] args)
    {
        var rows = args is ["--rows", var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("benchmark").FullName;
        try
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, .NET "
                + $"{Environment.Version}; 10 mixed columns, {Keys:#,##0} keys, rows sorted by key; the median of {Times}.\n"));
            var process = new MeasuredProcess(folder);
            var (one, parts) = (Median(process, One, rows), Median(process, Parts, rows));
            var small = Median(process, Parts, rows / 5);
            Console.WriteLine($"{Measurement.Header(rows)}\n{one}\n{parts}\n\n{Measurement.Header(rows / 5)}\n{small}\n");
            var targets = new ExportTargets();
            targets.AtMost($"{Keys:#,##0} workbooks to one, processor seconds", 1.5, parts?.ProcessorSeconds, one?.ProcessorSeconds);
            targets.AtMost($"peak memory of {rows:#,##0} rows to that of {rows / 5:#,##0}", 1.25, parts?.PeakMegabytes,
                small?.PeakMegabytes);
            Console.WriteLine(targets);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Measurement? Median(MeasuredProcess process, string name, int rows)
    {
        var taken = Enumerable.Range(0, Times).Select(_ => process.Run(name, rows).Measurement).OfType<Measurement>()
            .OrderBy(each => each.ProcessorSeconds).ToList();
        return taken.Count == 0 ? null : taken[taken.Count / 2];
    }
}
