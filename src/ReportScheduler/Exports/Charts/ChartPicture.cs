using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Fonts;
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

    // The text of a page is too small for a screen.
    private const float Zoom = 1.4f;

    /// <summary>Draws the chart; null when the dataset had no rows.</summary>
    public static ChartPicture? Of(ChartData chart)
    {
        if (!chart.HasPoints)
        {
            return null;
        }

        const int width = 640;
        const int height = 320;
        using var surface = SKSurface.Create(new SKImageInfo(width * Scale, height * Scale));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(Scale * Zoom);
        using var regular = FontSet.Open(bold: false, SystemFonts.Default);
        using var bold = FontSet.Open(bold: true, SystemFonts.Default);
        using (var pen = new PicturePen(regular, bold, surface.Canvas))
        {
            new ChartPainter(chart).Paint(pen, new Area(10, 10, (width / Zoom) - 10, (height / Zoom) - 8));
        }

        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return new ChartPicture(data.ToArray(), width, height, Describe(chart));
    }

    /// <summary>What a chart shows, in words, for those who do not see it.</summary>
    public static string Describe(ChartData chart)
    {
        var words = ReportWords.Of(chart.Culture);
        var series = chart.Series.Select(series =>
        {
            var known = series.Values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
            string Text(double value) => chart.ValueText(value) ?? value.ToString("#,##0.##", chart.Culture);
            return words.With("fromTo", series.Name, Text(known.Min()), Text(known.Max()));
        });
        var span = chart.Labels.Count == 1 ? chart.Labels[0] : words.With("range", chart.Labels[0], chart.Labels[^1]);
        var kind = chart.Kind switch { ChartKind.Line => "lineChart", ChartKind.Pie when !chart.IsHorizontal => "pieChart", _ => "barChart" };
        return words.With(kind, chart.Title.ReplaceLineEndings(" "), string.Join(", ", series), span);
    }
}
