namespace ReportScheduler.Exports.Charts;

/// <summary>The colours of series and slices, the same in every format.</summary>
internal static class ChartPalette
{
    private static readonly string[] Colors =
        ["#1F4E79", "#E07B39", "#3A9D8F", "#C0504D", "#8064A2", "#F2B134", "#5B8DB8", "#7A9A3A", "#B0628F", "#6E6E6E", "#A6761D", "#4BACC6"];

    /// <summary>As #RRGGBB.</summary>
    /// <param name="index">The place of the series or slice, from 0; after the last colour the first one comes again.</param>
    public static string Of(int index) => Colors[index % Colors.Length];
}
