using System.Globalization;
using System.Text;

namespace ReportScheduler.Numbers;

/// <summary>Numbers under a section of digits, percent signs, thousands and exponents.</summary>
internal static class NumberText
{
    /// <param name="section">Has digits, and is neither for dates nor a fraction.</param>
    /// <param name="value">The number.</param>
    /// <param name="culture">Its marks.</param>
    /// <returns>Without the minus sign, and whether anything but zeros is left of the number.</returns>
    public static (string Text, bool IsZero) Of(FormatSection section, Digits value, CultureInfo culture)
    {
        var tokens = section.Tokens;
        var exponent = Find(tokens, FormatTokenKind.Exponent);
        var numberEnd = exponent < 0 ? tokens.Count : exponent;
        var point = Find(tokens, FormatTokenKind.Point);
        point = point < 0 || point > numberEnd ? numberEnd : point;
        var places = Enumerable.Range(point, numberEnd - point).Count(i => tokens[i].Kind == FormatTokenKind.Digit);
        var wholes = Enumerable.Range(0, point).Where(i => tokens[i].Kind == FormatTokenKind.Digit).ToList();
        value = value.Shift(2 * tokens.Count(token => token.Kind == FormatTokenKind.Percent));
        var power = 0;
        if (exponent >= 0)
        {
            (value, power) = Scaled(value, Math.Max(1, wholes.Count), places);
        }
        else
        {
            value = value.Shift(-3 * Thousands(tokens, point)).Round(places);
        }

        var text = new StringBuilder();
        Whole(text, tokens, wholes, point, value.Whole, culture.NumberFormat);
        Fraction(text, tokens, point, numberEnd, value.Fraction, culture.NumberFormat);
        if (exponent >= 0)
        {
            Exponent(text, tokens, exponent, power);
        }

        return (text.ToString(), value.IsZero);
    }

    // Of several digits before the point, the exponent is a multiple of their number.
    private static (Digits Value, int Power) Scaled(Digits value, int digits, int places)
    {
        if (value.IsZero)
        {
            return (value, 0);
        }

        int Power(Digits number) => (int)Math.Floor((number.Point - 1) / (double)digits) * digits;
        var power = Power(value);
        var scaled = value.Shift(-power).Round(places);
        // 9.99 may have become 10
        return scaled.Point > digits ? (scaled.Shift(-digits), power + digits) : (scaled, power);
    }

    // Commas behind the last digit before the point, and behind the last of all.
    private static int Thousands(IReadOnlyList<FormatToken> tokens, int point) =>
        tokens.Take(point).Any(token => token.Kind == FormatTokenKind.Digit)
            ? Trailing(tokens.Take(point)) + Trailing(tokens.Skip(point))
            : 0;

    private static int Trailing(IEnumerable<FormatToken> tokens) =>
        tokens.Reverse().TakeWhile(token => token.Kind != FormatTokenKind.Digit).Count(token => token.Kind == FormatTokenKind.Comma);

    private static void Whole(StringBuilder text, IReadOnlyList<FormatToken> tokens, List<int> wholes, int point, string digits,
        NumberFormatInfo marks)
    {
        var isGrouped = wholes.Count > 0
            && Enumerable.Range(wholes[0], wholes[^1] - wholes[0]).Any(i => tokens[i].Kind == FormatTokenKind.Comma);
        var breaks = isGrouped ? Breaks(Math.Max(digits.Length, wholes.Count), marks.NumberGroupSizes) : [];
        var left = digits.Length;
        var place = wholes.Count;
        for (var i = 0; i < point; i++)
        {
            if (tokens[i].Kind != FormatTokenKind.Digit)
            {
                text.Append(Plain(tokens[i]));
                continue;
            }
            // the first one takes all that the others have no room for
            for (var at = i == wholes[0] ? Math.Max(left, place) : place; at >= place; at--)
            {
                var shown = at <= left ? digits[left - at].ToString() : tokens[i].Text switch { "0" => "0", "?" => " ", _ => "" };
                text.Append(shown);
                if (shown.Length > 0 && breaks.Contains(at - 1))
                {
                    text.Append(shown == " " ? " " : marks.NumberGroupSeparator);
                }
            }

            place--;
        }

        if (wholes.Count == 0)
        {
            text.Append(point < tokens.Count && tokens[point].Kind == FormatTokenKind.Point ? digits : "");
        }
    }

    // How many digits stand behind each group separator.
    private static HashSet<int> Breaks(int digits, int[] sizes)
    {
        var breaks = new HashSet<int>();
        for (int at = 0, group = 0; at < digits; group++)
        {
            var size = sizes.Length == 0 ? 0 : sizes[Math.Min(group, sizes.Length - 1)];
            if (size == 0)
            {
                break;
            }

            breaks.Add(at += size);
        }

        return breaks;
    }

    private static void Fraction(StringBuilder text, IReadOnlyList<FormatToken> tokens, int point, int end, string digits,
        NumberFormatInfo marks)
    {
        var place = 0;
        for (var i = point; i < end; i++)
        {
            text.Append(tokens[i].Kind switch
            {
                FormatTokenKind.Point => i == point ? marks.NumberDecimalSeparator : ".",
                FormatTokenKind.Digit when place < digits.Length => digits[place].ToString(),
                FormatTokenKind.Digit => tokens[i].Text switch { "0" => "0", "?" => " ", _ => "" },
                _ => Plain(tokens[i]),
            });
            place += tokens[i].Kind == FormatTokenKind.Digit ? 1 : 0;
        }
    }

    private static void Exponent(StringBuilder text, IReadOnlyList<FormatToken> tokens, int exponent, int power)
    {
        text.Append('E').Append(power < 0 ? "-" : tokens[exponent].Text[1] == '+' ? "+" : "");
        var length = tokens.Skip(exponent).TakeWhile((token, i) => i == 0 || token.Kind == FormatTokenKind.Digit).Count() - 1;
        text.Append(Math.Abs(power).ToString(CultureInfo.InvariantCulture).PadLeft(length, '0'));
        foreach (var token in tokens.Skip(exponent + 1 + length))
        {
            text.Append(Plain(token));
        }
    }

    private static string Plain(FormatToken token) => token.Kind is FormatTokenKind.Comma ? "" : token.Text;

    private static int Find(IReadOnlyList<FormatToken> tokens, FormatTokenKind kind)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == kind)
            {
                return i;
            }
        }

        return -1;
    }
}
