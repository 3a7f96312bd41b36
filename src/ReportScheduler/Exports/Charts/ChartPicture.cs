using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Words;
using SkiaSharp;

namespace ReportScheduler.Exports.Charts;

/// <summary>A chart as a picture for HTML and mail.</summary>
/// <param name="Png">The bytes of a PNG file, sharp on high-resolution screens.</param>
/// <param name="Width">How wide it is shown, in CSS pixels.</param>
/// <param name="Height">How high it is shown, in CSS pixels.</param>
/// <param name="AlternativeText">What it shows, in words, for those who do not see it. Not escaped.</param>
internal sealed record ChartPicture(byte[] Png, int Width, int Height, string AlternativeText)
{
    /// <summary>The same for programs in dark mode; null for none.</summary>
    public byte[]? DarkPng { get; init; }

    private const int Scale = 2;
    private const int PictureWidth = 640;
    private const int PictureHeight = 320;

    // The text of a page is too small for a screen, where it has 13 pixels.
    private const float Zoom = 13 / Look.NoteSize;
    private const int Edge = 8;

    /// <summary>Draws the chart; null when the dataset had no rows.</summary>
    public static ChartPicture? Of(ChartData data)
    {
        if (!data.HasPoints)
        {
            return null;
        }

        var chart = data.Drawing();
        return new ChartPicture(Draw(chart, chart.Theme.Light), PictureWidth, PictureHeight, Describe(chart))
        {
            DarkPng = Draw(chart, chart.Theme.Dark),
        };
    }

    private static byte[] Draw(DrawnChart chart, Shades shades)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(PictureWidth * Scale, PictureHeight * Scale));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor((uint)shades.Paper.Value | 0xFF000000));
        canvas.Scale(Scale * Zoom);
        using var regular = FontSet.Open(bold: false, SystemFonts.Default, chart.Theme.Font);
        using var bold = FontSet.Open(bold: true, SystemFonts.Default, chart.Theme.Font);
        using (var pen = new PicturePen(regular, bold, canvas))
        {
            new ChartPainter(chart, shades).Paint(pen, new Area(0, 2, (PictureWidth / Zoom) - Edge, (PictureHeight / Zoom) - 4));
        }

        canvas.Flush();
        return PalettePng.Of(bitmap);
    }

    /// <summary>What a chart shows, in words, for those who do not see it.</summary>
    public static string Describe(DrawnChart chart)
    {
        var words = ReportWords.Of(chart.Culture);
        var series = chart.Series.Select(series =>
        {
            var known = series.Values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
            return words.With("fromTo", series.Name, chart.Text(series, known.Min()), chart.Text(series, known.Max()));
        });
        var span = chart.Labels.Count == 1 ? chart.Labels[0] : words.With("range", chart.Labels[0], chart.Labels[^1]);
        var kind = chart.Kind switch
        {
            ChartKind.Line => "lineChart",
            ChartKind.Area => "areaChart",
            ChartKind.Pie when !chart.IsHorizontal => "pieChart",
            _ => "barChart",
        };
        return words.With(kind, chart.Title.ReplaceLineEndings(" "), words.List(series), span)
            + (chart.Target is null ? "" : $" {chart.TargetName}.");
    }
}
