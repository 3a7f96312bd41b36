using System.Globalization;
using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Exports.Charts;

/// <summary>What all kinds of charts draw with: the pen, the colours, and text that fits its room.</summary>
/// <param name="pen">Draws.</param>
/// <param name="chart">What is drawn.</param>
/// <param name="shades">The colours of the paper.</param>
internal sealed class ChartCanvas(Pen pen, DrawnChart chart, Shades shades)
{
    public const float TextHeight = Look.LineHeight;
    public const float Gap = 6;

    // of small text (WCAG 2)
    private const double TextContrast = 4.5;

    private const float Box = 7;
    private const float Dash = 4;
    private const float DashGap = 3;

    public Pen Pen => pen;

    public DrawnChart Chart => chart;

    public Shades Shades => shades;

    public TextStyle Note { get; } = TextStyle.Note with { Color = shades.Muted.Value };

    public TextStyle Label { get; } = TextStyle.Note with { Color = shades.Ink.Value };

    public int ColorOf(int index) => shades.SeriesOf(index).Value;

    public int ColorOf(ChartSeries series) => ColorOf(Index(series));

    /// <summary>The colour of a series as far as it can be read as text, otherwise the nearest shade that can.</summary>
    public int TextColorOf(ChartSeries series) => Readable(new Rgb(ColorOf(series)), shades.Paper).Value;

    /// <summary>The nearest shade of a colour that can be read on a paper.</summary>
    public static Rgb Readable(Rgb color, Rgb paper) => paper.Contrast(new Rgb(0xFFFFFF)) > paper.Contrast(new Rgb(0))
        ? color.LightenedFor(paper, TextContrast)
        : color.DarkenedFor(paper, TextContrast);

    /// <summary>The name of a series, and which axis it has.</summary>
    public string NameOf(ChartSeries series) => OneLine(series.IsSecond ? $"{series.Name} ({chart.SecondName})" : series.Name);

    /// <summary>What can be read on a colour.</summary>
    public static int InkOn(int color) => new Rgb(0xFFFFFF).Contrast(new Rgb(color)) >= 3.5 ? 0xFFFFFF : Theme.Standard.Light.Ink.Value;

    public float Width(string text, bool isBold = false) => pen.Fonts(isBold).Measure(text) * Look.NoteSize;

    public static string OneLine(string text) => text.ReplaceLineEndings(" ");

    /// <summary>A text above the middle of which a point is, inside the room from left to right.</summary>
    public void Centered(string text, TextStyle style, float x, float y, float left, float right)
    {
        var width = Width(text, style.IsBold);
        pen.Set(text, style, Math.Clamp(x - (width / 2), left, Math.Max(left, right - width)), width + 1, y, atRight: false);
    }

    /// <summary>A dashed line, upright or level.</summary>
    public void Dashed(float x, float y, float length, bool isUpright, int color)
    {
        for (var at = 0f; at < length; at += Dash + DashGap)
        {
            var dash = Math.Min(Dash, length - at);
            pen.Fill(isUpright ? x - 0.5f : x + at, isUpright ? y + at : y - 0.5f, isUpright ? 1 : dash, isUpright ? dash : 1, color);
        }
    }

    /// <summary>The names of the series with their colours, and that of the target, in as many lines as they need.</summary>
    /// <param name="area">Where it begins.</param>
    /// <param name="ofSeries">Whether the series are named; they need not where there is one.</param>
    /// <returns>How high it is with the room below it; 0 where nothing is named.</returns>
    public float Legend(Area area, bool ofSeries = true)
    {
        var (x, y) = (area.Left, area.Top);
        foreach (var series in ofSeries && chart.Series.Count > 1 ? chart.Series : [])
        {
            Entry(NameOf(series), area, ref x, ref y,
                (left, top) => pen.Fill(left, top + (series.IsSecond ? 4.5f : 2), Box, series.IsSecond ? 2 : Box, ColorOf(series)));
        }

        if (chart.Target is not null)
        {
            Entry(chart.TargetName, area, ref x, ref y, (left, top) => Dashed(left - 1, top + 5.5f, Box + 2, isUpright: false,
                shades.Ink.Value));
        }

        return x == area.Left ? 0 : y - area.Top + TextHeight + Gap;
    }

    private void Entry(string name, Area area, ref float x, ref float y, Action<float, float> sign)
    {
        var text = Shortened(name, area.Width - Box - 4);
        var width = Box + 4 + Width(text);
        if (x > area.Left && x + width > area.Right)
        {
            (x, y) = (area.Left, y + TextHeight + 1);
        }

        sign(x, y);
        // no wider than the text: one from right to left begins at the right of its room
        pen.Set(text, Note, x + Box + 4, Width(text) + 1, y + TextHeight - 2.8f, atRight: false);
        x += width + 14;
    }

    public string Shortened(string text, float width, bool isBold = false)
    {
        if (Width(text, isBold) <= width + 0.5f)
        {
            return text;
        }

        // what tells long names apart is often at their end
        var elements = StringInfo.ParseCombiningCharacters(text);
        for (var cut = 1; cut < elements.Length; cut++)
        {
            var head = (elements.Length - cut + 1) * 2 / 3;
            var shortened = $"{text[..elements[head]].TrimEnd()}…{text[elements[Math.Min(head + cut, elements.Length - 1)]..].TrimStart()}";
            if (Width(shortened, isBold) <= width + 0.5f)
            {
                return shortened;
            }
        }

        return "…";
    }

    /// <summary>Moves base lines apart that are nearer than a line of text.</summary>
    public static float[] Apart(float[] places, float top, float bottom)
    {
        for (var index = 0; index < places.Length; index++)
        {
            places[index] = Math.Max(places[index], index == 0 ? top : places[index - 1] + TextHeight);
        }

        for (var index = places.Length - 1; index >= 0; index--)
        {
            places[index] = Math.Min(places[index], index == places.Length - 1 ? bottom : places[index + 1] - TextHeight);
        }

        return places;
    }

    private int Index(ChartSeries series)
    {
        for (var index = 0; index < chart.Series.Count; index++)
        {
            if (ReferenceEquals(chart.Series[index], series))
            {
                return index;
            }
        }

        return 0;
    }
}
