namespace ReportScheduler.Exports;

/// <summary>
/// How many digits behind the decimal mark the numbers of a column show: all as many as the one that has most, as in the workbook, so that the marks
/// stand below each other.
/// </summary>
/// <remarks>Not more than six: a column with a number that has more, or an exponent, shows each as it is, as Excel's General does.</remarks>
internal sealed class FractionDigits
{
    private const int Most = 6;
    private const int MostOfAverage = 2;

    // "N" takes the culture's marks and groups
    private static readonly string[] Formats = [.. Enumerable.Range(0, Most + 1).Select(digits => $"N{digits}")];

    private int digits = -1;
    private bool isFree;

    /// <summary>The .NET format for the numbers seen so far; null to show each as it is.</summary>
    public string? Format => isFree || digits < 0 ? null : Formats[digits];

    /// <summary>A double as the fifteen digits that Excel has of it; null where a decimal has no room for them.</summary>
    public static decimal? Exact(double value) => Math.Abs(value) is 0 or (>= 1e-9 and < 1e15) ? (decimal)value : null;

    public void See(in Cell cell)
    {
        var number = cell.Kind switch
        {
            CellKind.Decimal => cell.Decimal,
            CellKind.Double when double.IsFinite(cell.Double) => Exact(cell.Double),
            _ => 0,
        };
        if (cell.Kind is CellKind.Decimal or CellKind.Double)
        {
            isFree |= number is null || number.Value.Scale > Most;
            digits = Math.Max(digits, Math.Min((int)(number?.Scale ?? 0), Most));
        }
    }

    /// <summary>The .NET format for what the numbers come to; null to show it as it is.</summary>
    public string? FormatOf(ColumnTotal total) =>
        isFree || total == ColumnTotal.Count ? null : Formats[Math.Max(digits, total == ColumnTotal.Average ? MostOfAverage : 0)];
}
