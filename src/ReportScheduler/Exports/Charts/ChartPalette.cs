namespace ReportScheduler.Exports.Charts;

/// <summary>The colours of series and slices, the same in every format.</summary>
internal static class ChartPalette
{
    // the six of the theme, then paler ones of the same hues
    private static readonly string[] Colors =
        ["#2563A6", "#E07B39", "#2A9D8F", "#B23A48", "#7A5BA8", "#8A94A3", "#7AA3D4", "#EFB48D", "#7FCDC3", "#D98A93", "#B5A1D3", "#BCC3CD"];

    /// <summary>As #RRGGBB.</summary>
    /// <param name="index">The place of the series or slice, from 0; after the last colour the first one comes again.</param>
    public static string Of(int index) => Colors[index % Colors.Length];

    /// <summary>As 0xRRGGBB.</summary>
    /// <param name="index">The place of the series or slice, from 0.</param>
    public static int Rgb(int index) => Convert.ToInt32(Of(index)[1..], 16);
}
