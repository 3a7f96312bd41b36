using ReportScheduler.Exports.Fonts;
using SkiaSharp;

namespace ReportScheduler.Exports.Drawing;

/// <summary>Draws into a picture, with Skia.</summary>
internal sealed class PicturePen(FontSet regular, FontSet bold, SKCanvas canvas) : Pen(regular, bold), IDisposable
{
    private readonly SKPaint paint = new() { IsAntialias = true, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
    private readonly Dictionary<(FontFace, float), SKFont> fonts = [];

    public override void Set(ReadOnlySpan<char> text, TextStyle style, float left, float width, float y, bool atRight)
    {
        if (text.IsEmpty)
        {
            return;
        }

        Take(style.Color, 0);
        var line = ShapedLine.Of(text, Fonts(style.IsBold));
        var x = atRight || line.IsRightToLeft ? left + width - (line.Width * style.Size) : left;
        using var builder = new SKTextBlobBuilder();
        foreach (var piece in line.Pieces)
        {
            ushort[] glyphs = [.. piece.Glyphs.Select(glyph => glyph.Glyph)];
            SKPoint[] places = [.. piece.Glyphs.Select(glyph => new SKPoint(x + (glyph.X * style.Size), y + (glyph.Y * style.Size)))];
            builder.AddPositionedRun(glyphs, Font(piece.Face, style.Size), places);
            x += piece.Width * style.Size;
        }

        using var blob = builder.Build();
        if (blob is not null)
        {
            canvas.DrawText(blob, 0, 0, paint);
        }
    }

    public override void Fill(float x, float y, float width, float height, int color)
    {
        Take(color, 0);
        canvas.DrawRect(x, y, width, height, paint);
    }

    public override void Fill(Shape shape, int color) => Draw(shape, 0, color);

    public override void Draw(Shape shape, float width, int color)
    {
        Take(color, width);
        using var path = new SKPath();
        foreach (var step in shape.Steps)
        {
            switch (step.Kind)
            {
                case ShapeStepKind.Move: path.MoveTo(step.X, step.Y); break;
                case ShapeStepKind.Line: path.LineTo(step.X, step.Y); break;
                case ShapeStepKind.Curve: path.CubicTo(step.X1, step.Y1, step.X2, step.Y2, step.X, step.Y); break;
                default: path.Close(); break;
            }
        }

        canvas.DrawPath(path, paint);
    }

    public void Dispose()
    {
        foreach (var font in fonts.Values)
        {
            font.Dispose();
        }

        paint.Dispose();
    }

    private void Take(int color, float width)
    {
        paint.Color = new SKColor((uint)color | 0xFF000000);
        paint.Style = width > 0 ? SKPaintStyle.Stroke : SKPaintStyle.Fill;
        paint.StrokeWidth = width;
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
