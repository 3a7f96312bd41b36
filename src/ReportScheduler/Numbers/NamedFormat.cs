using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Words;

namespace ReportScheduler.Numbers;

/// <summary>Number formats by name, <c>currency EUR</c>, <c>percent</c>, <c>integer</c>,
/// <c>date</c>, <c>duration</c> and <c>yesno</c>, as Excel formats of a culture; and <c>sparkline</c>, which is none.</summary>
internal static partial class NamedFormat
{
    public const string Names = "currency EUR, percent, integer, date, duration, yesno or sparkline";

    public const string Percent = "percent";

    private static readonly Dictionary<string, string> Signs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥", ["CNY"] = "¥", ["INR"] = "₹", ["BRL"] = "R$", ["KRW"] = "₩",
        ["PLN"] = "zł", ["CZK"] = "Kč",
        ["SEK"] = "kr", ["NOK"] = "kr", ["DKK"] = "kr", ["ILS"] = "₪", ["TRY"] = "₺", ["UAH"] = "₴", ["VND"] = "₫",
    };

    // without a hundredth (ISO 4217)
    private static readonly HashSet<string> Whole =
        new(StringComparer.OrdinalIgnoreCase) { "JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "PYG" };

    /// <summary>Whether it is one of the names, in any case.</summary>
    public static bool Is(string format) => Name().IsMatch(format) || Spark().IsMatch(format);

    /// <summary>Whether the sparklines of a format are bars; null for a format of anything else.</summary>
    public static bool? SparklineOf(string? format) =>
        format is not null && Spark().Match(format) is { Success: true } spark ? spark.Groups[1].Success : null;

    /// <summary>The code of the currency that a format names; null for none.</summary>
    public static string? CurrencyOf(string? format) =>
        format is not null && Name().Match(format).Groups[2].Value is { Length: > 0 } code ? code.ToUpperInvariant() : null;

    /// <summary>Whether an Excel format is what <see cref="Resolve"/> makes of <c>currency</c>.</summary>
    public static bool IsCurrency(string? format) => format?.Split(";-") is [var positive, var negative]
        && positive == negative && positive.Contains('"', StringComparison.Ordinal);

    /// <summary>The Excel format of a name; null for one of charts. Other formats stay.</summary>
    public static string? Resolve(string? format, CultureInfo culture)
    {
        if (SparklineOf(format) is not null)
        {
            return null;
        }

        if (format is null || Name().Match(format) is not { Success: true } name)
        {
            return format;
        }

        return name.Groups[1].Value.ToUpperInvariant() switch
        {
            "PERCENT" => culture.Name.Length == 0 ? "0.0%" : culture.NumberFormat.PercentPositivePattern switch
            {
                0 => "0.0 %",
                2 => "%0.0",
                3 => "% 0.0",
                _ => "0.0%",
            },
            "INTEGER" => "#,##0",
            "DATE" => DateFormats.Date(culture),
            "DURATION" => DateFormats.Duration,
            "YESNO" => YesNo(ReportWords.Of(culture)),
            _ => Currency(name.Groups[2].Value, culture),
        };
    }

    // every number but zero is true, as in SQL
    private static string YesNo(ReportWords words) => $"\"{words["yes"]}\";\"{words["yes"]}\";\"{words["no"]}\"";

    private static string Currency(string code, CultureInfo culture)
    {
        code = code.Length > 0
            ? code
            : culture.Name.Length > 0 && !culture.IsNeutralCulture
            ? new RegionInfo(culture.Name).ISOCurrencySymbol
            : "";
        var amount = Whole.Contains(code) ? "#,##0" : "#,##0.00";
        if (code.Length == 0)
        {
            return amount;
        }

        var sign = Signs.GetValueOrDefault(code, code.ToUpperInvariant());
        var gap = sign.All(char.IsLetter) ? " " : "";
        var positive = (culture.Name.Length == 0 ? 0 : culture.NumberFormat.CurrencyPositivePattern) switch
        {
            0 => $"\"{sign}{gap}\"{amount}",
            1 => $"{amount}\"{gap}{sign}\"",
            2 => $"\"{sign} \"{amount}",
            _ => $"{amount}\" {sign}\"",
        };
        return $"{positive};-{positive}";
    }

    [GeneratedRegex(@"^\s*(currency|percent|integer|date|duration|yesno)(?:(?<=currency)\s+([a-z]{3}))?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\s*sparkline(?:\s+(?:line|(bars)))?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spark();
}
