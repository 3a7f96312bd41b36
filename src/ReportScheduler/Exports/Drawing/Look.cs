using ReportScheduler.Exports.Themes;
using SkiaSharp;

namespace ReportScheduler.Exports.Drawing;

/// <summary>Measures and colours of the PDF. Lengths are points, 1/72 inch.</summary>
internal static class Look
{
    public const float Margin = 36;
    public const float FooterHeight = 20;
    public const float TextSize = 8.5f;
    public const float LineHeight = 11;
    public const float CellPaddingX = 4;
    public const float CellPaddingY = 2;
    public const float IconSize = 7;
    public const float IconRoom = IconSize + 3;
    public const float TitleSize = 18;
    public const float HeadingSize = 12;
    public const float NoteSize = 8.5f;
    public const float LogoHeight = 42;
    public const float LogoWidth = 150;
    public const float ChartHeight = 230;
    public const float SectionGap = 18;

    /// <summary>Text columns are not made wider than this on their own; longer text wraps. In em.</summary>
    public const float WideText = 28;

    public static readonly SKColor Ink = Of(Theme.Standard.Light.Ink);
    public static readonly SKColor Note = Of(Theme.Standard.Light.Muted);
    public static readonly SKColor HeaderInk = SKColors.White;
    public static readonly SKColor HeaderFill = Of(Theme.Standard.Light.Accent);
    public static readonly SKColor Zebra = Of(Theme.Standard.Light.Stripe);
    public static readonly SKColor GroupFill = Of(Theme.Standard.Light.Group);
    public static readonly SKColor Rule = Of(Theme.Standard.Light.Line);

    /// <summary>A colour of the theme as Skia has it.</summary>
    public static SKColor Of(Rgb color) => new((uint)color.Value | 0xFF000000);
}
