using ReportScheduler.Exports.Fonts;
using SkiaSharp;

namespace ReportScheduler.Exports.Pdf;

/// <summary>Sets text on a canvas. All of one colour that follows each other becomes one text object: small and quick.</summary>
internal sealed class TextPen(FontSet regular, FontSet bold) : IDisposable
{
    private readonly SKTextBlobBuilder builder = new();
    private readonly SKPaint paint = new() { IsAntialias = true };
    private readonly Dictionary<(FontFace Face, float Size), SKFont> fonts = [];
    private SKColor color = Look.Ink;
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

        Take(style.Color);
        var set = Fonts(style.IsBold);
        Span<ushort> glyphs = text.Length <= 512 ? stackalloc ushort[text.Length] : new ushort[text.Length];
        var used = 0f;
        for (var index = 0; index < text.Length; index++)
        {
            if (!set.TryPlain(text[index], out glyphs[index], out var advance))
            {
                SetShaped(ShapedLine.Of(text, set), style, left, width, y, atRight);
                return;
            }

            used += advance;
        }

        builder.AddRun(glyphs, Font(set.Main, style.Size), new SKPoint(atRight ? left + width - (used * style.Size) : left, y));
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
            Canvas!.DrawText(blob, 0, 0, paint);
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

    private void Take(SKColor next)
    {
        if (next != color)
        {
            Flush();
            color = next;
        }

        pending = true;
    }

    private void SetShaped(ShapedLine line, TextStyle style, float left, float width, float y, bool atRight)
    {
        var x = atRight || line.IsRightToLeft ? left + width - (line.Width * style.Size) : left;
        foreach (var piece in line.Pieces)
        {
            var run = builder.AllocateRawPositionedTextRun(Font(piece.Face, style.Size), piece.Glyphs.Length, piece.Text.Length, null);
            piece.Text.CopyTo(run.Text);
            for (var index = 0; index < piece.Glyphs.Length; index++)
            {
                var glyph = piece.Glyphs[index];
                run.Glyphs[index] = glyph.Glyph;
                run.Clusters[index] = glyph.Cluster;
                run.Positions[index] = new SKPoint(x + (glyph.X * style.Size), y + (glyph.Y * style.Size));
            }

            x += piece.Width * style.Size;
        }
    }

    private SKFont Font(FontFace face, float size)
    {
        if (!fonts.TryGetValue((face, size), out var font))
        {
            font = face.OfSize(size);
            fonts.Add((face, size), font);
        }

        return font;
    }
}
