using ReportScheduler.Exports.Fonts;
using SkiaSharp;

namespace ReportScheduler.Exports.Drawing;

/// <summary>Sets text on a canvas. All of one size and colour that follows each other becomes one text object: small and quick.</summary>
/// <remarks>
/// The canvas is scaled so that one unit is one unit of the main font: every place and every advance is a whole number there. Only then does
/// Skia see that a letter stands where the one before it ends, and writes a word as one piece instead of placing each of its letters.
/// </remarks>
internal sealed class TextPen(FontSet regular, FontSet bold) : IDisposable
{
    private readonly SKTextBlobBuilder builder = new();
    private readonly SKPaint paint = new() { IsAntialias = true };
    private readonly Dictionary<FontFace, SKFont> fonts = [];
    private readonly float unitsPerEm = regular.Main.UnitsPerEm;
    private SKColor color = Look.Ink;
    private float size = Look.TextSize;
    private bool pending;

    public SKCanvas? Canvas { get; private set; }

    public FontSet Fonts(bool isBold) => isBold ? bold : regular;

    /// <summary>Goes to another canvas, or to none.</summary>
    public void MoveTo(SKCanvas? canvas)
    {
        Flush();
        Canvas = canvas;
    }

    /// <summary>Sets a line with its base line at y.</summary>
    /// <param name="text">The line.</param>
    /// <param name="style">Size, weight and colour.</param>
    /// <param name="left">Where its room begins.</param>
    /// <param name="width">How wide its room is.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="atRight">Whether it ends at the right of its room; text of a right-to-left script always does.</param>
    public void Set(ReadOnlySpan<char> text, TextStyle style, float left, float width, float y, bool atRight)
    {
        if (Canvas is null || text.IsEmpty)
        {
            return;
        }

        Take(style);
        var set = Fonts(style.IsBold);
        Span<ushort> glyphs = text.Length <= 512 ? stackalloc ushort[text.Length] : new ushort[text.Length];
        Span<float> places = text.Length <= 512 ? stackalloc float[text.Length] : new float[text.Length];
        var used = 0f;
        for (var index = 0; index < text.Length; index++)
        {
            if (!set.TryPlain(text[index], out glyphs[index], out var advance))
            {
                SetShaped(ShapedLine.Of(text, set), style, left, width, y, atRight);
                return;
            }

            places[index] = used;
            used += MathF.Round(advance * unitsPerEm);
        }

        var start = Place(atRight ? left + width - (used * style.Size / unitsPerEm) : left, y);
        // the run that is written into directly leaves no object for the collector, of which there would be one for each cell
        var run = builder.AllocateRawPositionedRun(Font(set.Main), text.Length);
        glyphs.CopyTo(run.Glyphs);
        for (var index = 0; index < places.Length; index++)
        {
            run.Positions[index] = new SKPoint(start.X + places[index], start.Y);
        }
    }

    /// <summary>Draws what was set so far.</summary>
    public void Flush()
    {
        if (!pending)
        {
            return;
        }

        using var blob = builder.Build();
        paint.Color = color;
        if (blob is not null)
        {
            Canvas!.Save();
            Canvas.Scale(size / unitsPerEm);
            Canvas.DrawText(blob, 0, 0, paint);
            Canvas.Restore();
        }

        pending = false;
    }

    public void Dispose()
    {
        foreach (var font in fonts.Values)
        {
            font.Dispose();
        }

        builder.Dispose();
        paint.Dispose();
    }

    private void Take(TextStyle next)
    {
        if (next.Color != color || next.Size != size)
        {
            Flush();
            (color, size) = (next.Color, next.Size);
        }

        pending = true;
    }

    private void SetShaped(ShapedLine line, TextStyle style, float left, float width, float y, bool atRight)
    {
        var x = atRight || line.IsRightToLeft ? left + width - (line.Width * style.Size) : left;
        foreach (var piece in line.Pieces)
        {
            var run = builder.AllocateRawPositionedTextRun(Font(piece.Face), piece.Glyphs.Length, piece.Text.Length, null);
            piece.Text.CopyTo(run.Text);
            for (var index = 0; index < piece.Glyphs.Length; index++)
            {
                var glyph = piece.Glyphs[index];
                run.Glyphs[index] = glyph.Glyph;
                run.Clusters[index] = glyph.Cluster;
                run.Positions[index] = Place(x + (glyph.X * style.Size), y + (glyph.Y * style.Size));
            }

            x += piece.Width * style.Size;
        }
    }

    /// <summary>A place of the page in units of the font.</summary>
    private SKPoint Place(float x, float y) => new(MathF.Round(x * unitsPerEm / size), MathF.Round(y * unitsPerEm / size));

    private SKFont Font(FontFace face)
    {
        if (!fonts.TryGetValue(face, out var font))
        {
            font = face.OfSize(unitsPerEm);
            fonts.Add(face, font);
        }

        return font;
    }
}
