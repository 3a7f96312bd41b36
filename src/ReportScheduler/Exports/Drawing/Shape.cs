namespace ReportScheduler.Exports.Drawing;

/// <summary>An outline of straight lines and curves. Places are from the left and from the top.</summary>
internal sealed class Shape
{
    /// <summary>How far the handles of a curve are from its ends, for a quarter of a circle of radius 1.</summary>
    private const double QuarterHandle = 0.5522847498;

    private readonly List<ShapeStep> steps = [];

    public IReadOnlyList<ShapeStep> Steps => steps;

    public Shape MoveTo(float x, float y) => Add(new ShapeStep(ShapeStepKind.Move, x, y, 0, 0, 0, 0));

    public Shape LineTo(float x, float y) => Add(new ShapeStep(ShapeStepKind.Line, x, y, 0, 0, 0, 0));

    /// <summary>A curve whose handles are given before its end.</summary>
    public Shape CurveTo(float x1, float y1, float x2, float y2, float x, float y) =>
        Add(new ShapeStep(ShapeStepKind.Curve, x, y, x1, y1, x2, y2));

    public Shape Close() => Add(new ShapeStep(ShapeStepKind.Close, 0, 0, 0, 0, 0, 0));

    public static Shape Circle(float x, float y, float radius) =>
        new Shape().MoveTo(x + radius, y).Arc(x, y, radius, 0, 2 * Math.PI).Close();

    /// <summary>A part of a circle, clockwise from a place that the outline has reached.</summary>
    /// <param name="x">The middle.</param>
    /// <param name="y">The middle.</param>
    /// <param name="radius">Of the circle.</param>
    /// <param name="from">Where it begins: 0 is at the right, half of pi below the middle.</param>
    /// <param name="to">Where it ends.</param>
    public Shape Arc(float x, float y, float radius, double from, double to)
    {
        var parts = Math.Max(1, (int)Math.Ceiling((to - from) / (Math.PI / 2)));
        var step = (to - from) / parts;
        var handle = QuarterHandle * Math.Tan(step / 4) / Math.Tan(Math.PI / 8);
        for (var part = 0; part < parts; part++)
        {
            var (start, end) = (from + (part * step), from + ((part + 1) * step));
            CurveTo(
                X(Math.Cos(start) - (handle * Math.Sin(start))),
                Y(Math.Sin(start) + (handle * Math.Cos(start))),
                X(Math.Cos(end) + (handle * Math.Sin(end))),
                Y(Math.Sin(end) - (handle * Math.Cos(end))),
                X(Math.Cos(end)),
                Y(Math.Sin(end)));
        }

        return this;

        float X(double share) => x + (float)(radius * share);

        float Y(double share) => y + (float)(radius * share);
    }

    private Shape Add(ShapeStep step)
    {
        steps.Add(step);
        return this;
    }
}
