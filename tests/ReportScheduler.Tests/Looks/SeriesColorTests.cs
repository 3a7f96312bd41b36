using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Tests.Exports;
using ReportScheduler.Tests.Support;
using SkiaSharp;

namespace ReportScheduler.Tests.Looks;

/// <summary>The third series has one colour, whatever it is looked at in.</summary>
public sealed class SeriesColorTests : IDisposable
{
    private const string Query = " -Query \"with recursive n(i) as (select 1 union all select i + 1 from n where i < 5) "
        + "select 'Region ' || i as region, i + 10 as a, i + 20 as b, i + 30 as c, i + 40 as d, i + 50 as e, i + 60 as f from n\"";

    private readonly PowerShellSession session = new();

    [Theory]
    [InlineData("Line", 6, null)]
    [InlineData("Bar", 6, null)]
    [InlineData("StackedBar", 6, null)]
    [InlineData("HorizontalBar", 6, null)]
    [InlineData("Area", 6, null)]
    [InlineData("Pie", 5, null)]
    [InlineData("Line", 6, "#0B5394")]
    [InlineData("StackedBar", 6, "#B71C1C")]
    public void Every_series_has_the_same_colour_in_the_PDF_the_picture_and_the_workbook(string kind, int count, string? brand)
    {
        var theme = brand is null ? "" : $" -Theme (New-ReportTheme own -BrandColor '{brand}').Name";
        var y = kind == "Pie" ? "a" : "a, b, c, d, e, f";
        var report = SampleReports.MakeOf(session, "Colours", $"{Query} -Chart {kind} -ChartX region -ChartY {y}{theme}");
        var look = brand is null ? Theme.Standard : Theme.Of(new ReportTheme { Name = "own", BrandColor = brand });
        var colors = look.Light.Series.Take(count).ToList();
        Assert.Equal(
            colors.Select(color => color.Digits), InWorkbook(report).Where(color => look.Light.Series.Contains(Rgb.Of("#" + color))));
        var operators = PdfReport.Run("qpdf", "--qdf", "--object-streams=disable", report.File(".pdf"), "-");
        var drawn = Regex.Matches(operators, @"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|scn|SCN)\b")
            .Select(match => new Rgb((Part(match, 1) << 16) | (Part(match, 2) << 8) | Part(match, 3))).ToHashSet();
        Assert.All(colors, color => Assert.Contains(color, drawn));
        var pictures = Regex.Matches(report.Html, "base64,([^\" ]+)").Select(data => Pixels(Convert.FromBase64String(data.Groups[1].Value)))
            .ToList();
        Assert.Contains(pictures, pixels => colors.TrueForAll(pixels.Contains));
        Assert.Contains(pictures, pixels => look.Dark.Series.Take(count).All(pixels.Contains));
    }

    public void Dispose() => session.Dispose();

    private static int Part(Match match, int group) =>
        (int)Math.Round(double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) * 255);

    private static List<string> InWorkbook(SampleReport report) => Regex.Matches(
        string.Concat(Regex.Matches(Assert.Single(report.WorkbookParts("charts/chart")), "<c:ser>.*?</c:ser>", RegexOptions.Singleline)),
        "srgbClr val=\"([0-9A-F]{6})\"").Select(color => color.Groups[1].Value).Distinct().ToList();

    private static HashSet<Rgb> Pixels(byte[] data)
    {
        using var picture = SKBitmap.Decode(data);
        return picture?.Pixels.Select(pixel => new Rgb((pixel.Red << 16) | (pixel.Green << 8) | pixel.Blue)).ToHashSet() ?? [];
    }
}
