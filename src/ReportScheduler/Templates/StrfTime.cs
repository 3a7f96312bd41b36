using System.Globalization;
using System.Text.RegularExpressions;

namespace ReportScheduler.Templates;

/// <summary>The numbers of a date format, as strftime of Ruby and C has them: %V, %G and %g are those of ISO 8601 weeks.</summary>
/// <remarks>https://docs.ruby-lang.org/en/master/strftime_formatting_rdoc.html. Fluid's own
/// week numbers are others, and its %-M of a full hour is nothing.</remarks>
internal static partial class StrfTime
{
    /// <param name="at">The date.</param>
    /// <param name="format">The format.</param>
    /// <param name="other">Gives the text of a directive that is no number.</param>
    /// <exception cref="TemplateTooLargeException">A directive is wider than 100 characters.</exception>
    public static string Format(DateTimeOffset at, string format, Func<string, string> other)
    {
        Check(format);
        return Directive().Replace(format, match => Number(at, match.Groups["what"].Value[0]) is { } number
            ? Padded(number, match.Groups["flags"].Value, match.Groups["width"].Value)
            : other(match.Value));
    }

    /// <exception cref="TemplateTooLargeException">A directive is wider than 100 characters.</exception>
    public static void Check(string format)
    {
        foreach (Match match in Directive().Matches(format))
        {
            var width = match.Groups["width"].Value.TrimStart('0');
            if (width.Length > 3 || (width.Length > 0 && int.Parse(width, CultureInfo.InvariantCulture) > TemplateLimits.Digits))
            {
                throw new TemplateTooLargeException(
                    $"the date format '{TemplateLimits.Short(match.Value)}' is wider than {TemplateLimits.Digits} characters");
            }
        }
    }

    private static (long Value, int Width, char Pad)? Number(DateTimeOffset at, char what) => what switch
    {
        'Y' => (at.Year, 4, '0'),
        'C' => (at.Year / 100, 2, '0'),
        'y' => (at.Year % 100, 2, '0'),
        'm' => (at.Month, 2, '0'),
        'd' => (at.Day, 2, '0'),
        'e' => (at.Day, 2, ' '),
        'j' => (at.DayOfYear, 3, '0'),
        'H' => (at.Hour, 2, '0'),
        'k' => (at.Hour, 2, ' '),
        'I' => ((at.Hour + 11) % 12 + 1, 2, '0'),
        'l' => ((at.Hour + 11) % 12 + 1, 2, ' '),
        'M' => (at.Minute, 2, '0'),
        'S' => (at.Second, 2, '0'),
        's' => (at.ToUnixTimeSeconds(), 1, '0'),
        'G' => (ISOWeek.GetYear(at.DateTime), 4, '0'),
        'g' => (ISOWeek.GetYear(at.DateTime) % 100, 2, '0'),
        'V' => (ISOWeek.GetWeekOfYear(at.DateTime), 2, '0'),
        'U' => ((at.DayOfYear + 6 - (int)at.DayOfWeek) / 7, 2, '0'),
        'W' => ((at.DayOfYear + 6 - (((int)at.DayOfWeek + 6) % 7)) / 7, 2, '0'),
        'u' => (((int)at.DayOfWeek + 6) % 7 + 1, 1, '0'),
        'w' => ((int)at.DayOfWeek, 1, '0'),
        _ => null,
    };

    private static string Padded((long Value, int Width, char Pad) number, string flags, string width)
    {
        var digits = number.Value.ToString(CultureInfo.InvariantCulture);
        if (flags.Contains('-', StringComparison.Ordinal))
        {
            return digits;
        }

        var pad = flags.Contains('_', StringComparison.Ordinal) ? ' ' : flags.Contains('0', StringComparison.Ordinal) ? '0' : number.Pad;
        return digits.PadLeft(width.Length > 0 ? int.Parse(width, CultureInfo.InvariantCulture) : number.Width, pad);
    }

    [GeneratedRegex(@"%(?<flags>[-_0^#:]*)(?<width>\d*)(?<what>[A-Za-z+%])")]
    private static partial Regex Directive();
}
