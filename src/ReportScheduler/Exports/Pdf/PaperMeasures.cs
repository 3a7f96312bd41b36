namespace ReportScheduler.Exports.Pdf;

/// <summary>How large paper is, upright.</summary>
internal static class PaperMeasures
{
    private const double PointsPerMillimetre = 72 / 25.4;

    /// <summary>Width and height in points.</summary>
    public static (float Width, float Height) Of(PageSize size) => size switch
    {
        PageSize.Letter => (612, 792),
        PageSize.Legal => (612, 1008),
        PageSize.Tabloid => (792, 1224),
        PageSize.A3 => Millimetres(297, 420),
        PageSize.A5 => Millimetres(148, 210),
        _ => Millimetres(210, 297),
    };

    private static (float Width, float Height) Millimetres(double width, double height) =>
        ((float)(width * PointsPerMillimetre), (float)(height * PointsPerMillimetre));
}
