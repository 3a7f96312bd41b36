using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Exports.Drawing;

/// <summary>How a report looks: its measures, in points (1/72 inch), and the colours of the theme as 0xRRGGBB.</summary>
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
    public const float FigureSize = 17;
    public const float FiguresHeight = 46;
    public const float NoteSize = 8;
    public const float LogoHeight = 42;
    public const float LogoWidth = 150;
    public const float ChartHeight = 230;
    public const float SectionGap = 18;

    /// <summary>The line of the brand above the report.</summary>
    public const float BrandLine = 2.5f;
    public const float BrandGap = 10;

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

    public static readonly int Ink = Theme.Standard.Light.Ink.Value;
    public static readonly int Muted = Theme.Standard.Light.Muted.Value;
    public static readonly int Line = Theme.Standard.Light.Line.Value;
    public static readonly int Stripe = Theme.Standard.Light.Stripe.Value;
    public static readonly int Paper = Theme.Standard.Light.Paper.Value;

    /// <summary>Links.</summary>
    public static readonly int Accent = Theme.Standard.Light.Accent.Value;
}
