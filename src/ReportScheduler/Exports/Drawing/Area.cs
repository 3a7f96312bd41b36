namespace ReportScheduler.Exports.Drawing;

/// <summary>A rectangle on a page or in a picture, in points from the left and from the top.</summary>
internal readonly record struct Area(float Left, float Top, float Right, float Bottom)
{
    public float Width => Right - Left;

    public float Height => Bottom - Top;
}
