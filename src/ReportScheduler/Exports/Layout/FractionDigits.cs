using System.Runtime.CompilerServices;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

/// <summary>
/// How many digits behind the decimal mark the numbers of a column show: all as many, as in the workbook, so that the marks stand below
/// each other.
/// </summary>
/// <remarks>
/// None where all are whole, whatever zeros the database adds; two or three where that is what there is; two where there are more, as of an
/// average, and so many that the greatest shows three digits that count. Where digits matter, of rates and places, up to six.
/// </remarks>
/// <param name="isKey">The numbers name something, and are not grouped in thousands.</param>
/// <param name="isPrecise">All digits matter.</param>
internal sealed class FractionDigits(bool isKey = false, bool isPrecise = false)
{
    private const int Most = 6;
    private const int MostAsTheyAre = 3;
    private const int Usual = 2;

    // "N" takes the culture's marks and groups
    private static readonly string[] Grouped = [.. Enumerable.Range(0, Most + 1).Select(digits => $"N{digits}")];
    private static readonly string[] Ungrouped = [.. Enumerable.Range(0, Most + 1).Select(digits => $"F{digits}")];

    private const double MostExact = 1e15;
    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

    private readonly string[] formats = isKey ? Ungrouped : Grouped;
    private int digits = -1;
    private double greatest;
    private bool isFree;
    private bool isGiven;

    /// <summary>The .NET format for the numbers seen so far; null to show each as it is.</summary>
    public string? Format => isFree || digits < 0 || IsTiny(greatest) ? null : formats[Shown(digits, greatest, isPrecise)];

    /// <summary>A double as the fifteen digits that Excel has of it; null where a decimal has no room for them.</summary>
    public static decimal? Exact(double value) => Math.Abs(value) is 0 or (>= 1e-9 and < 1e15) ? (decimal)value : null;

    /// <summary>Whether six digits do not say what even the greatest number is.</summary>
    public static bool IsTiny(double greatest) => greatest is > 0 and < 1e-4;

    /// <summary>How many digits a column shows.</summary>
    /// <param name="measured">The most digits of one of its numbers, without zeros at their end.</param>
    /// <param name="greatest">The greatest number, whatever its sign.</param>
    /// <param name="isPrecise">All digits matter.</param>
    public static int Shown(int measured, double greatest, bool isPrecise) =>
        measured <= 0 ? 0
        : measured <= MostAsTheyAre || isPrecise ? Math.Clamp(measured, Usual, Most)
        : greatest is >= 1 or 0 ? Usual
        : Math.Clamp((int)Math.Ceiling(-Math.Log10(greatest)) + Usual, Usual, Math.Min(measured, Most));

    /// <summary>The digits of a number behind the decimal mark, without the zeros of the database's scale.</summary>
    public static int Measured(decimal value) =>
        value.Scale == 0 || decimal.Truncate(value) == value ? 0 : (value / 1.0000000000000000000000000000m).Scale;

    /// <summary>What was seen; null for no number that has digits.</summary>
    public SeenDigits? Seen => digits < 0 || isFree ? null : new SeenDigits(digits, greatest);

    /// <summary>Takes the numbers of others for its own, also for what they come to.</summary>
    public void See(SeenDigits others)
    {
        (digits, greatest) = (Math.Max(digits, others.Most), Math.Max(greatest, others.Greatest));
        isGiven = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void See(in Cell cell)
    {
        if (cell.Kind == CellKind.Decimal || (cell.Kind == CellKind.Double && double.IsFinite(cell.Double)))
        {
            var number = Number(cell);
            isFree |= number is null;
            if (number is { } known)
            {
                greatest = Math.Max(greatest, Math.Abs((double)known));
                digits = Math.Max(digits, known.Scale > digits ? Measured(known) : 0);
            }
        }
    }

    /// <summary>The number of a decimal or a double; null for other cells, and for a double that a decimal has no room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public decimal? Number(in Cell cell) => cell.Kind switch
    {
        CellKind.Decimal => cell.Decimal,
        CellKind.Double => Quick(cell.Double) ?? Exact(cell.Double),
        _ => null,
    };

    // A quotient is rounded correctly: when it is the double again, the whole number above has all of its digits.
    private decimal? Quick(double value)
    {
        var tried = Math.Clamp(digits, 0, Most);
        var power = Powers[tried];
        var whole = Math.Round(value * power);
        return Math.Abs(whole) < MostExact && whole / power == value
            ? new decimal((int)(long)Math.Abs(whole), (int)((long)Math.Abs(whole) >> 32), 0, whole < 0, (byte)tried)
            : null;
    }

    /// <summary>The .NET format for what the numbers come to; null to show it as it is.</summary>
    public string? FormatOf(ColumnTotal total) =>
        isFree || IsTiny(greatest) || total is not (ColumnTotal.Sum or ColumnTotal.Average)
            ? null
            : formats[Math.Max(Shown(digits, greatest, isPrecise), total == ColumnTotal.Average && !isGiven ? Usual : 0)];
}
