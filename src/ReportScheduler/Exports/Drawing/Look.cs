namespace ReportScheduler.Exports.Drawing;

/// <summary>How a report looks: measures and colours, in one place. Lengths are points, 1/72 inch; colours are 0xRRGGBB.</summary>
internal static class Look
{
    public const float Margin = 36;
    public const float FooterHeight = 20;
    public const float TextSize = 9;
    public const float LineHeight = 12;
    public const float CellPaddingX = 8;
    public const float CellPaddingY = 5;
    public const float IconSize = 7;
    public const float IconRoom = IconSize + 3;
    public const float TitleSize = 20;
    public const float HeadingSize = 13;
    public const float NoteSize = 8;
    public const float LogoHeight = 42;
    public const float LogoWidth = 150;
    public const float ChartHeight = 230;
    public const float SectionGap = 18;

    /// <summary>Between the rows of a table.</summary>
    public const float Hairline = 0.5f;

    /// <summary>Below the header of a table: 1.5 pixels of a screen.</summary>
    public const float HeaderRule = 1.125f;

    /// <summary>Above the totals.</summary>
    public const float TotalRule = 0.75f;

    /// <summary>Tables of more columns have stripes.</summary>
    public const int ColumnsWithoutStripes = 8;

    /// <summary>Longer text ends in an ellipsis.</summary>
    public const int MostLines = 6;

    /// <summary>Text columns are not made wider than this on their own; longer text wraps. In em.</summary>
    public const float WideText = 28;

    public const int Ink = 0x1B1F24;
    public const int Muted = 0x5B6675;
    public const int Line = 0xE5E8EC;
    public const int Stripe = 0xF7F8FA;

    /// <summary>Behind the headers of groups.</summary>
    public const int Tint = 0xEEF1F5;
    public const int Paper = 0xFFFFFF;
    public const int LinkInk = 0x2563A6;
}
