using System.Globalization;
using System.Text;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Html;

/// <summary>A sparkline as a drawing in the page; its numbers are what a screen reader says.</summary>
internal static class HtmlSparkline
{
    private const int Width = 104;
    private const int Height = 22;
    private const int Margin = 3;

    public static string Of(Sparkline spark)
    {
        var svg = new StringBuilder($"<svg class=\"spark\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" "
            + $"role=\"img\" aria-label=\"{HtmlPage.Encoder.Encode(spark.Words)}\">");
        if (spark.IsBars)
        {
            foreach (var (x, y, width, height) in spark.Bars(Width, Height))
            {
                svg.Append(CultureInfo.InvariantCulture,
                    $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\"/>");
            }
        }
        else
        {
            var lines = spark.Lines(Width, Height, Margin);
            foreach (var line in lines.Where(line => line.Count > 1))
            {
                svg.Append("<polyline points=\"")
                    .AppendJoin(' ', line.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")))
                    .Append("\"/>");
            }

            foreach (var (x, y) in Sparkline.Dots(lines))
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"2.5\"/>");
            }
        }

        return svg.Append("</svg>").ToString();
    }
}
