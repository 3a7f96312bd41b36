using System.Globalization;

namespace ReportScheduler.Numbers;

/// <summary>The colours that a number format may name, as 0xRRGGBB.</summary>
internal static class FormatColors
{
    private static readonly string[] Names = ["BLACK", "WHITE", "RED", "GREEN", "BLUE", "YELLOW", "MAGENTA", "CYAN"];

    // Excel's own, of which the first eight have names.
    private static readonly int[] Palette =
    [
        0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000, 0x000080, 0x808000, 0x800080,
        0x008080,
        0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00,
        0x00FFFF,
        0x800080, 0x800000, 0x008080, 0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF,
        0x33CCCC,
        0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399,
        0x333333,
    ];

    /// <summary>Null for what names none.</summary>
    public static int? Of(string name)
    {
        var upper = name.ToUpperInvariant();
        var number = Array.IndexOf(Names, upper) + 1;
        if (number == 0 && upper.StartsWith("COLOR", StringComparison.Ordinal))
        {
            _ = int.TryParse(upper.AsSpan("COLOR".Length), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture, out number);
        }

        return number >= 1 && number <= Palette.Length ? Palette[number - 1] : null;
    }
}
