using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

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

    private const double MostExact = 1e15;
    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

    private int digits = -1;
    private bool isFree;

    /// <summary>The .NET format for the numbers seen so far; null to show each as it is.</summary>
    public string? Format => isFree || digits < 0 ? null : Formats[digits];

    /// <summary>A double as the fifteen digits that Excel has of it; null where a decimal has no room for them.</summary>
    public static decimal? Exact(double value) => Math.Abs(value) is 0 or (>= 1e-9 and < 1e15) ? (decimal)value : null;

    public void See(in Cell cell)
    {
        if (cell.Kind == CellKind.Decimal || (cell.Kind == CellKind.Double && double.IsFinite(cell.Double)))
        {
            var number = Number(cell);
            isFree |= number is null || number.Value.Scale > Most;
            digits = Math.Max(digits, Math.Min((int)(number?.Scale ?? 0), Most));
        }
    }

    /// <summary>The number of a decimal or a double; null for other cells, and for a double that a decimal has no room for.</summary>
    public decimal? Number(in Cell cell) => cell.Kind switch
    {
        CellKind.Decimal => cell.Decimal,
        CellKind.Double => Quick(cell.Double) ?? Exact(cell.Double),
        _ => null,
    };

    // A quotient is rounded correctly: when it is the double again, the whole number above has all of its digits.
    private decimal? Quick(double value)
    {
        var power = digits < 0 ? 1 : Powers[digits];
        var whole = Math.Round(value * power);
        return Math.Abs(whole) < MostExact && whole / power == value
            ? new decimal((int)(long)Math.Abs(whole), (int)((long)Math.Abs(whole) >> 32), 0, whole < 0, (byte)Math.Max(digits, 0))
            : null;
    }

    /// <summary>The .NET format for what the numbers come to; null to show it as it is.</summary>
    public string? FormatOf(ColumnTotal total) =>
        isFree || total is not (ColumnTotal.Sum or ColumnTotal.Average) ? null : Formats[Math.Max(digits, total == ColumnTotal.Average ? MostOfAverage : 0)];
}
