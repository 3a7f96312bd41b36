using ReportScheduler.Exports.Fonts;

namespace ReportScheduler.Exports.Drawing;

/// <summary>Sets text and draws shapes: into a PDF, or into a picture. Places are from the left and from the top.</summary>
internal abstract class Pen(FontSet regular, FontSet bold)
{
    public FontSet Fonts(bool isBold) => isBold ? bold : regular;

    /// <summary>Sets a line with its base line at y.</summary>
    /// <param name="text">The line.</param>
    /// <param name="style">Size, weight and colour.</param>
    /// <param name="left">Where its room begins.</param>
    /// <param name="width">How wide its room is.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="atRight">Whether it ends at the right of its room; text of a right-to-left script always does.</param>
    public abstract void Set(ReadOnlySpan<char> text, TextStyle style, float left, float width, float y, bool atRight);

    public abstract void Fill(float x, float y, float width, float height, int color);

    public abstract void Fill(Shape shape, int color);

    /// <summary>Draws along a shape, with round ends and corners.</summary>
    public abstract void Draw(Shape shape, float width, int color);
}
