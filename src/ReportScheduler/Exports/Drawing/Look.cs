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

    public static readonly SKColor Ink = new(0x1B, 0x1F, 0x24);
    public static readonly SKColor Note = new(0x57, 0x60, 0x6A);
    public static readonly SKColor HeaderInk = SKColors.White;
    public static readonly SKColor HeaderFill = new(0x1F, 0x4E, 0x79);
    public static readonly SKColor Zebra = new(0xF1, 0xF5, 0xFA);
    public static readonly SKColor GroupFill = new(0xE3, 0xEB, 0xF4);
    public static readonly SKColor Rule = new(0xC8, 0xD1, 0xDC);
}
