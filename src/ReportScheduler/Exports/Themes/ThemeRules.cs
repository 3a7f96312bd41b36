using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Text;

namespace ReportScheduler.Exports.Themes;

/// <summary>What makes a theme valid.</summary>
internal static partial class ThemeRules
{
    /// <summary>Each mail carries the logo.</summary>
    public const int LargestLogo = 512 * 1024;

    private const int LongestLine = 200;
    private const int LongestFont = 64;

    private static readonly Rgb White = new(0xFFFFFF);

    /// <exception cref="ReportException">The first rule that the theme breaks.</exception>
    public static void Check(ReportTheme theme)
    {
        ReportName.Check(theme.Name);
        if (theme.Name.Equals("None", StringComparison.OrdinalIgnoreCase))
        {
            throw ThemeErrors.ThemeNameReserved(theme.Name);
        }

        theme.BrandColor = theme.BrandColor is null ? null : Color(theme.BrandColor);
        if (theme.Font is { } font && (font.Length > LongestFont || !FontName().IsMatch(font)))
        {
            throw ThemeErrors.ThemeNotUsable(theme.Name, nameof(theme.Font), font,
                "give the name of one family of letters, digits, spaces and hyphens, such as 'Segoe UI'");
        }

        CheckLine(theme.Name, nameof(theme.Footer), theme.Footer);
        CheckLine(theme.Name, nameof(theme.SenderLine), theme.SenderLine);
        CheckLogo(theme);
    }

    /// <summary>A colour as #RRGGBB.</summary>
    /// <exception cref="ReportException">BrandColorUnknown or BrandColorTooPale.</exception>
    public static string Color(string text)
    {
        var digits = text.Trim().TrimStart('#');
        var color = HexColor().IsMatch(digits) ? digits.Length == 3 ? string.Concat(digits.Select(digit => $"{digit}{digit}")) : digits
            : System.Drawing.Color.FromName(text.Trim()) is { IsKnownColor: true, IsSystemColor: false, A: 255 } named
            ? (named.ToArgb() & 0xFFFFFF).ToString("X6", CultureInfo.InvariantCulture)
            : throw ThemeErrors.BrandColorUnknown(text);
        var brand = Rgb.Of("#" + color);
        return brand.Contrast(White) >= Theme.LeastContrast ? brand.Hex : throw ThemeErrors.BrandColorTooPale(text,
            brand.Contrast(White), brand.DarkenedFor(White, Theme.LeastContrast).Hex);
    }

    private static void CheckLine(string theme, string member, string? line)
    {
        if (line is null)
        {
            return;
        }

        if (line.Length > LongestLine || line.Any(char.IsControl))
        {
            throw ThemeErrors.ThemeNotUsable(theme, member, line.Length > 40 ? line[..40] + "..." : line,
                $"give one line of at most {LongestLine} characters");
        }
    }

    private static void CheckLogo(ReportTheme theme)
    {
        if (theme.LogoPicture is not { } picture)
        {
            return;
        }

        var path = theme.Logo ?? nameof(theme.LogoPicture);
        if (picture.Length > LargestLogo)
        {
            throw ThemeErrors.ThemeNotUsable(theme.Name, nameof(theme.Logo), path, string.Create(CultureInfo.InvariantCulture,
                $"it has {picture.Length / 1024:N0} KB, and each mail carries it: give a picture of at most {LargestLogo / 1024} KB"));
        }

        if (LogoPicture.Read(picture) is null)
        {
            throw ThemeErrors.ThemeNotUsable(theme.Name, nameof(theme.Logo), path, "it is not a PNG or JPEG picture that can be read");
        }
    }

    [GeneratedRegex("^([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$", RegexOptions.CultureInvariant)]
    private static partial Regex HexColor();

    [GeneratedRegex(@"^[\p{L}\d][\p{L}\d .\-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex FontName();
}
