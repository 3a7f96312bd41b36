using System.Globalization;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>What one way to make a file cost.</summary>
/// <param name="Seconds">Wall clock, the start of the process included.</param>
/// <param name="ProcessorSeconds">Of all cores; tells a slow program from a busy machine.</param>
/// <param name="PeakMegabytes">The most physical memory it held.</param>
/// <param name="FileMegabytes">Of all files made, in millions of bytes.</param>
internal sealed record Measurement(string Name, int Rows, double Seconds, double ProcessorSeconds, double PeakMegabytes,
    double FileMegabytes)
{
    public static string Header(int rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {rows:#,##0} rows | seconds | rows/s | processor seconds | peak MB | file MB |\n| --- | --: | --: | --: | --: | --: |");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {Seconds:0.00} | {Rows / Seconds:#,##0} | {ProcessorSeconds:0.00} | {PeakMegabytes:0} | {FileMegabytes:0.0} |");
}
