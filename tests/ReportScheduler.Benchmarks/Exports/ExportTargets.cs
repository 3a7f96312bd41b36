using System.Globalization;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>What the exports promise, computed from the measurements of one run.</summary>
internal sealed class ExportTargets
{
    private readonly List<string> lines = ["| promise | at least / at most | measured | |", "| --- | --: | --: | --- |"];

    /// <param name="promise">What is compared.</param>
    /// <param name="least">The promised ratio.</param>
    /// <param name="dividend">Null when it was not measured.</param>
    /// <param name="divisor">Null when it was not measured.</param>
    public void AtLeast(string promise, double least, double? dividend, double? divisor) =>
        Add(promise, $"at least {Text(least)}", dividend / divisor, ratio => ratio >= least);

    /// <summary>As <see cref="AtLeast"/>, the other way round.</summary>
    public void AtMost(string promise, double most, double? dividend, double? divisor = 1) =>
        Add(promise, $"at most {Text(most)}", dividend / divisor, ratio => ratio <= most);

    public override string ToString() => string.Join('\n', lines) + "\n";

    private void Add(string promise, string limit, double? ratio, Func<double, bool> isKept) =>
        lines.Add($"| {promise} | {limit} | {(ratio is { } value ? Text(value) : "not measured")} | "
            + $"{(ratio is { } measured ? isKept(measured) ? "kept" : "not kept" : "")} |");

    private static string Text(double value) =>
        value.ToString(value is > 0 and < 0.1 ? "0.000" : value < 100 ? "0.##" : "0", CultureInfo.InvariantCulture);
}
