using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Charts;

/// <summary>The numbers along a value axis: with the sign of currency or percent
/// that their column has, and shortened in the words of the language, 350K and 2.7M, 350 Tsd. and 2,7 Mio.</summary>
internal static partial class AxisText
{
    private const double Shortened = 10_000;
    private const int MostDigits = 3;

    // Japanese and Chinese count in ten thousands, and have three words
    private static readonly double[] OfThousands = [1e3, 1e6, 1e9, 1e12];
    private static readonly double[] OfTenThousands = [1e4, 1e8, 1e12];

    /// <param name="values">The places of the grid lines.</param>
    /// <param name="sample">How the column shows the number one; null where it has no format of its own.</param>
    /// <param name="culture">The marks.</param>
    /// <returns>Null where the column's texts cannot be shortened.</returns>
    public static IReadOnlyList<string>? Of(IReadOnlyList<double> values, string? sample, CultureInfo culture)
    {
        var greatest = values.Max(Math.Abs);
        var affixes = sample is null ? null : Number().Match(sample);
        if (greatest >= 1e15 || affixes is { Success: false } || (affixes is null && greatest < Shortened))
        {
            return null;
        }

        var (before, after) = affixes is null ? ("", "") : (affixes.Groups[1].Value, affixes.Groups[2].Value);
        var isPercent = after.Contains('%', StringComparison.Ordinal) || before.Contains('%', StringComparison.Ordinal);
        var (size, sign) = isPercent ? (0.01, "") : greatest >= Shortened ? Units(culture).First(unit => greatest >= unit.Size) : (1, "");
        var digits = Enumerable.Range(0, MostDigits + 1)
            .FirstOrDefault(count => values.All(value => Math.Abs(Math.Round(value / size, count) - (value / size)) < 1e-9), -1);
        return digits < 0 ? null
            : [.. values.Select(
                value =>
                    $"{(value < 0 ? "-" : "")}{before}{Math.Abs(value / size).ToString($"N{digits}", culture)}{(value == 0 ? "" : sign)}"
                        + $"{after}")];
    }

    /// <summary>A value with three digits that count, 1.23M, where the greatest beside it has five or more; null for others, and where
    /// the column's texts cannot be shortened.</summary>
    /// <param name="value">The value.</param>
    /// <param name="greatest">The greatest that it stands beside.</param>
    /// <param name="sample">How the column shows the number one; null where it has no format of its own.</param>
    /// <param name="culture">The marks.</param>
    public static string? Compact(double value, double greatest, string? sample, CultureInfo culture)
    {
        if (Affixes(greatest, sample) is not var (before, after))
        {
            return null;
        }

        var size = Math.Abs(value);
        // what is rounded to a thousand thousands is a million
        var (unit, sign) = Units(culture).FirstOrDefault(each => size >= each.Size * 0.9995, (1, ""));
        var count = size / unit;
        var format = count >= 99.95 ? "0" : count >= 9.995 ? "0.#" : "0.##";
        return $"{(value < 0 ? "-" : "")}{before}{count.ToString(format, culture)}{sign}{after}";
    }

    /// <summary>The number format of Excel that shortens in the same way; null where nothing is shortened.</summary>
    /// <param name="greatest">The greatest value.</param>
    /// <param name="sample">How the column shows the number one; null where it has no format of its own.</param>
    /// <param name="culture">Whose words the units have; Excel has no format for ten thousands.</param>
    /// <param name="inFull">Three digits count, as of a value; along an axis one or two.</param>
    public static string? NumberFormat(double greatest, string? sample, CultureInfo culture, bool inFull = false)
    {
        if (Affixes(greatest, sample) is not var (before, after) || Units(culture).Length != OfThousands.Length)
        {
            return null;
        }

        var (unit, sign) = Units(culture).First(each => greatest >= each.Size);
        var commas = new string(',', (int)Math.Round(Math.Log10(unit) / 3));
        var digits = greatest / unit < (inFull ? 100 : 10) ? "0.0" : "0";
        return $"[=0]{Quoted(before)}0{Quoted(after)};{Quoted(before)}{digits}{commas}{Quoted(sign + after)}";
    }

    // From the greatest.
    private static (double Size, string Sign)[] Units(CultureInfo culture)
    {
        var signs = ReportWords.Of(culture)["compact"].Split('|');
        return [.. (signs.Length == OfThousands.Length ? OfThousands : OfTenThousands).Zip(signs).Reverse()];
    }

    // Null where values are not shortened.
    private static (string Before, string After)? Affixes(double greatest, string? sample)
    {
        var affixes = sample is null ? null : Number().Match(sample);
        return greatest is < Shortened or >= 1e15 || !double.IsFinite(greatest) || affixes is { Success: false }
            || (sample?.Contains('%', StringComparison.Ordinal) ?? false)
            ? null
            : affixes is null ? ("", "") : (affixes.Groups[1].Value, affixes.Groups[2].Value);
    }

    private static string Quoted(string text) => text.Length == 0 ? "" : $"\"{text.Replace("\"", "", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^([^\d-]*)\d[\d.,'\u00A0\u202F\u2019]*?(?<=\d)([^\d]*)$")]
    private static partial Regex Number();
}
