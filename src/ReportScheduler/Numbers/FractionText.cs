using System.Globalization;
using System.Text;

namespace ReportScheduler.Numbers;

/// <summary>Numbers as fractions: the nearest one whose denominator has as many digits
/// as the format has room for, or is the one it names.</summary>
internal static class FractionText
{
    private const int MostDigits = 4;

    /// <param name="section">Has a slash with digits before it.</param>
    /// <param name="value">Not negative, and below 10^15.</param>
    /// <returns>Without the minus sign, and whether it is zero.</returns>
    public static (string Text, bool IsZero) Of(FormatSection section, double value)
    {
        var tokens = section.Tokens;
        var slash = tokens.ToList().FindIndex(token => token.Kind == FormatTokenKind.Slash);
        var end = Run(tokens, slash + 1, 1);
        var start = Run(tokens, slash - 1, -1) + 1;
        var hasWhole = tokens.Take(start).Any(token => token.Kind == FormatTokenKind.Digit);
        var whole = hasWhole ? Math.Floor(value) : 0;
        var (top, bottom) = tokens[slash + 1].Kind == FormatTokenKind.Denominator
            ? Counted(value - whole, int.Parse(tokens[slash + 1].Text, CultureInfo.InvariantCulture))
            : Nearest(value - whole, (int)Math.Pow(10, Math.Min(end - slash - 1, MostDigits)) - 1);
        if (hasWhole && top == bottom)
        {
            (whole, top) = (whole + 1, 0);
        }

        var text = new StringBuilder();
        var digits = hasWhole ? Whole(tokens, start, whole, top == 0) : "";
        var isFirst = true;
        foreach (var token in tokens.Take(start))
        {
            text.Append(token.Kind != FormatTokenKind.Digit ? token.Text : isFirst ? digits : "");
            isFirst &= token.Kind != FormatTokenKind.Digit;
        }

        var upper = top.ToString(CultureInfo.InvariantCulture).PadLeft(slash - start);
        var lower = bottom.ToString(CultureInfo.InvariantCulture).PadRight(end - slash - 1);
        // a whole number keeps the room of its fraction
        text.Append(hasWhole && top == 0 ? new string(' ', upper.Length + 1 + lower.Length) : $"{upper}/{lower}");
        text.AppendJoin("", tokens.Skip(end).Select(token => token.Text));
        return (text.ToString(), whole == 0 && top == 0);
    }

    private static string Whole(IReadOnlyList<FormatToken> tokens, int start, double whole, bool isAlone)
    {
        var places = tokens.Take(start).Where(token => token.Kind == FormatTokenKind.Digit).ToList();
        var least = places.Count(token => token.Text == "0");
        return whole == 0 && least == 0 && !isAlone ? "" : whole.ToString("F0", CultureInfo.InvariantCulture).PadLeft(least, '0');
    }

    private static int Run(IReadOnlyList<FormatToken> tokens, int from, int step)
    {
        while (from >= 0 && from < tokens.Count && tokens[from].Kind is FormatTokenKind.Digit or FormatTokenKind.Denominator)
        {
            from += step;
        }

        return from;
    }

    private static (long Top, long Bottom) Counted(double value, int bottom) =>
        ((long)Math.Round(value * bottom, MidpointRounding.AwayFromZero), bottom);

    private static (long Top, long Bottom) Nearest(double value, int most)
    {
        var (best, distance) = ((Top: 0L, Bottom: 1L), double.MaxValue);
        for (var bottom = 1; bottom <= most && distance > 1e-12; bottom++)
        {
            var top = Math.Round(value * bottom, MidpointRounding.AwayFromZero);
            var off = Math.Abs(value - (top / bottom));
            if (off < distance - 1e-12)
            {
                (best, distance) = (((long)top, bottom), off);
            }
        }

        return best;
    }
}
