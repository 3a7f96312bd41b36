using System.Globalization;

namespace ReportScheduler.Numbers;

/// <summary>The sections that most columns have, such as <c>#,##0.00 €</c> and <c>0.0%</c>: a number with so
/// many digits behind the point, and texts around it. .NET writes these quickly.</summary>
internal sealed class PlainPattern
{
    private readonly int places;
    private readonly decimal factor;
    private readonly string format;
    private readonly string before;
    private readonly string after;

    private PlainPattern(int places, decimal factor, bool isGrouped, string before, string after) =>
        (this.places, this.factor, format, this.before,
            this.after) = (places, factor, (isGrouped ? "N" : "F") + places.ToString(CultureInfo.InvariantCulture), before, after);

    /// <summary>Null for a section that is not so simple.</summary>
    public static PlainPattern? Of(IReadOnlyList<FormatToken> tokens)
    {
        var start = tokens.TakeWhile(token => token.Kind == FormatTokenKind.Literal).Count();
        var number = string.Concat(tokens.Skip(start)
            .TakeWhile(token => token.Kind is FormatTokenKind.Digit or FormatTokenKind.Comma or FormatTokenKind.Point)
            .Select(token => token.Text));
        var parts = number.Split('.');
        var rest = tokens.Skip(start + number.Length).ToList();
        return parts[0] is "0" or "#,##0" && parts.Length <= 2
            && (parts.Length == 1 || (parts[1].Length is > 0 and <= 15 && parts[1].All(digit => digit == '0')))
            && rest.TrueForAll(token => token.Kind is FormatTokenKind.Literal or FormatTokenKind.Percent)
            && rest.Count(token => token.Kind == FormatTokenKind.Percent) <= 1
            ? new PlainPattern(
                parts.Length == 1 ? 0 : parts[1].Length, rest.Exists(token => token.Kind == FormatTokenKind.Percent) ? 100 : 1,
                parts[0] != "0",
                string.Concat(tokens.Take(start).Select(token => token.Text)), string.Concat(rest.Select(token => token.Text)))
            : null;
    }

    /// <returns>Without the minus sign, and whether anything but zeros is left of the number.</returns>
    public (string Text, bool IsZero) Text(decimal value, CultureInfo culture)
    {
        var rounded = Math.Round(Math.Abs(value) * factor, places, MidpointRounding.AwayFromZero);
        var text = rounded.ToString(format, culture);
        return (before.Length + after.Length == 0 ? text : before + text + after, rounded == 0);
    }
}
