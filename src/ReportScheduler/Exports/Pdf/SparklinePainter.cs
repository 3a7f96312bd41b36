using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Draws the small chart of a cell.</summary>
internal sealed class SparklinePainter(Pen pen, int color)
{
    private const float LineWidth = 0.9f;
    private const float Margin = 1.5f;
    private const float Dot = 1.4f;

    public void Paint(Sparkline spark, float left, float top, float width, float height)
    {
        if (spark.IsBars)
        {
            foreach (var bar in spark.Bars(width, height))
            {
                pen.Fill(left + bar.X, top + bar.Y, bar.Width, bar.Height, color);
            }

            return;
        }

        var lines = spark.Lines(width, height, Margin);
        foreach (var line in lines.Where(line => line.Count > 1))
        {
            var shape = new Shape().MoveTo(left + line[0].X, top + line[0].Y);
            foreach (var (x, y) in line.Skip(1))
            {
                shape.LineTo(left + x, top + y);
            }

            pen.Draw(shape, LineWidth, color);
        }

        foreach (var (x, y) in Sparkline.Dots(lines))
        {
            pen.Fill(Shape.Circle(left + x, top + y, Dot), color);
        }
    }
}
