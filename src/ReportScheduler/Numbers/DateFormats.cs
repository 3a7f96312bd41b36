using System.Globalization;
using System.Text;

namespace ReportScheduler.Numbers;

/// <summary>Excel's number formats for dates and times as a culture writes them.</summary>
internal static class DateFormats
{
    public const string Duration = "[h]:mm:ss";

    public static string Date(CultureInfo culture) =>
        IsInvariant(culture) ? "yyyy-mm-dd" : Convert(culture.DateTimeFormat.ShortDatePattern);

    public static string DateTime(CultureInfo culture) =>
        IsInvariant(culture)
            ? "yyyy-mm-dd hh:mm:ss"
            : $"{Convert(culture.DateTimeFormat.ShortDatePattern)} {Convert(culture.DateTimeFormat.LongTimePattern)}";

    /// <summary>To the minute.</summary>
    public static string Minutes(CultureInfo culture) =>
        IsInvariant(culture)
            ? "yyyy-mm-dd hh:mm"
            : $"{Convert(culture.DateTimeFormat.ShortDatePattern)} {Convert(culture.DateTimeFormat.ShortTimePattern)}";

    private static bool IsInvariant(CultureInfo culture) => culture.Equals(CultureInfo.InvariantCulture);

    // The letters are the same but for the case of M, H and the word for t; separators
    // are fixed, or Excel would take those of its own language.
    private static string Convert(string pattern)
    {
        var format = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            switch (c)
            {
                case 'd' or 'y' or 'h' or 'm' or 's':
                    format.Append(c);
                    break;
                case 'M' or 'H':
                    format.Append(char.ToLowerInvariant(c));
                    break;
                case 't':
                    format.Append("AM/PM");
                    i = pattern.LastIndexOf('t') > i ? pattern.LastIndexOf('t') : i;
                    break;
                case '\'':
                    var end = pattern.IndexOf('\'', i + 1);
                    end = end < 0 ? pattern.Length : end;
                    format.Append('"').Append(pattern.AsSpan(i + 1, end - i - 1)).Append('"');
                    i = end;
                    break;
                case ' ' or '-':
                    format.Append(c);
                    break;
                case '\u202F' or '\u00A0':
                    format.Append(' ');
                    break;
                case 'g' or 'z' or 'K' or 'f' or 'F':
                    break;
                default:
                    format.Append('\\').Append(c);
                    break;
            }
        }

        return format.ToString().Trim();
    }
}
