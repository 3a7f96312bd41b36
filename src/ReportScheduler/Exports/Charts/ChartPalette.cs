using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Exports.Charts;

/// <summary>The colours of series and slices, the same in every format.</summary>
internal static class ChartPalette
{
    /// <summary>As #RRGGBB.</summary>
    /// <param name="index">The place of the series or slice, from 0.</param>
    public static string Of(int index) => Theme.Standard.Light.SeriesOf(index).Hex;

    /// <summary>As 0xRRGGBB.</summary>
    /// <param name="index">The place of the series or slice, from 0.</param>
    public static int Rgb(int index) => Theme.Standard.Light.SeriesOf(index).Value;
}
