using System.Text;
using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.PdfFile;

namespace ReportScheduler.Exports.Drawing;

/// <summary>Draws into a PDF.</summary>
internal sealed class PdfPen : Pen
{
    /// <summary>What a glyph of a cluster is copied as that has no character of its own: a space of no width.</summary>
    private const string NoCharacter = "\u200B";

    private readonly PdfDocument document;
    private readonly GlyphPictures pictures;
    private readonly PlainCodes regularCodes;
    private readonly PlainCodes boldCodes;
    private readonly List<ushort> codes = [];
    private readonly List<int> moves = [];

    public PdfPen(FontSet regular, FontSet bold, PdfDocument document)
        : base(regular, bold)
    {
        this.document = document;
        pictures = new GlyphPictures(document.Objects);
        regularCodes = new PlainCodes(regular, document.FontOf(regular.Main));
        boldCodes = new PlainCodes(bold, document.FontOf(bold.Main));
    }

    /// <summary>Where it draws: a page, or a form.</summary>
    public PdfContent Content { get; set; } = new(0);

    /// <summary>The width that everything is mirrored in, for pages that are read from right to left; null for none.</summary>
    public float? Mirror { get; set; }

    public override void Set(ReadOnlySpan<char> text, TextStyle style, float left, float width, float y, bool atRight)
    {
        if (text.IsEmpty)
        {
            return;
        }

        if (Mirror is { } axis)
        {
            (left, atRight) = (axis - left - width, !atRight);
        }

        var plain = style.IsBold ? boldCodes : regularCodes;
        Span<ushort> shown = text.Length <= 512 ? stackalloc ushort[text.Length] : new ushort[text.Length];
        if (!plain.TryTake(text, shown, out var units))
        {
            SetShaped(ShapedLine.Of(text, Fonts(style.IsBold)), style, left, width, y, atRight);
            return;
        }

        Content.Take(plain.Font, style.Size, style.Color);
        Content.MoveTo(atRight ? left + width : left, y);
        if (atRight)
        {
            Content.ShowBefore(shown[..text.Length], (int)Math.Round(units * 1000.0 / plain.UnitsPerEm));
        }
        else
        {
            Content.Show(shown[..text.Length]);
        }
    }

    /// <summary>Whether a text needs no shaping and no other font.</summary>
    public bool IsPlain(string text) => regularCodes.TryTake(text, stackalloc ushort[text.Length], out _);

    /// <summary>Sets text that stands alone where the last one ended.</summary>
    public void Continue(ReadOnlySpan<char> text, TextStyle style)
    {
        var plain = style.IsBold ? boldCodes : regularCodes;
        Span<ushort> shown = stackalloc ushort[text.Length];
        plain.TryTake(text, shown, out _);
        Content.Take(plain.Font, style.Size, style.Color);
        Content.Show(shown);
    }

    public override void Fill(float x, float y, float width, float height, int color) =>
        Content.Rectangle(Mirror is { } axis ? axis - x - width : x, y, width, height, color);

    public override void Fill(Shape shape, int color)
    {
        Content.LeaveText();
        Content.Fill(color);
        Trace(shape);
        Content.FillShape();
    }

    public override void Draw(Shape shape, float width, int color)
    {
        Content.LeaveText();
        Content.Stroke(color, width);
        Trace(shape);
        Content.DrawShape();
    }

    private void Trace(Shape shape)
    {
        float At(float x) => Mirror is { } axis ? axis - x : x;
        foreach (var step in shape.Steps)
        {
            switch (step.Kind)
            {
                case ShapeStepKind.Move: Content.Begin(At(step.X), step.Y); break;
                case ShapeStepKind.Line: Content.LineTo(At(step.X), step.Y); break;
                case ShapeStepKind.Curve: Content.CurveTo(At(step.X1), step.Y1, At(step.X2), step.Y2, At(step.X), step.Y); break;
                default: Content.CloseShape(); break;
            }
        }
    }

    private void SetShaped(ShapedLine line, TextStyle style, float left, float width, float y, bool atRight)
    {
        var x = atRight || line.IsRightToLeft ? left + width - (line.Width * style.Size) : left;
        foreach (var piece in line.Pieces)
        {
            var font = document.FontOf(piece.Face);
            var ends = ClusterEnds(piece);
            for (int start = 0, end; start < piece.Glyphs.Length; start = end)
            {
                var cluster = piece.Glyphs[start].Cluster;
                for (end = start + 1; end < piece.Glyphs.Length && piece.Glyphs[end].Cluster == cluster; end++)
                {
                }

                var text = Encoding.UTF8.GetString(piece.Text.AsSpan((int)cluster, ends[cluster] - (int)cluster));
                var glyphs = piece.Glyphs.AsSpan(start, end - start);
                if (piece.Face.IsPictures)
                {
                    SetPictures(piece.Face, glyphs, text, style, x, y);
                }
                else
                {
                    SetCluster(font, glyphs, text, style, x, y);
                }
            }

            FlushRun();
            x += piece.Width * style.Size;
        }
    }

    /// <summary>The end of each cluster in the text of a piece.</summary>
    private static Dictionary<uint, int> ClusterEnds(ShapedLine.Piece piece)
    {
        uint[] starts = [.. piece.Glyphs.Select(glyph => glyph.Cluster).Distinct().Order()];
        return starts.Select((start, place) => (start, place))
            .ToDictionary(pair => pair.start, pair => pair.place + 1 < starts.Length ? (int)starts[pair.place + 1] : piece.Text.Length);
    }

    private PdfFont? runFont;
    private TextStyle runStyle = TextStyle.Cell;
    private float runX;
    private float runY;
    private int runEnd;

    /// <summary>Glyphs that stand for a text together. One can be copied by its code; several are told what they are.</summary>
    private void SetCluster(PdfFont font, ReadOnlySpan<ShapedLine.ShapedGlyph> glyphs, string text, TextStyle style, float x, float y)
    {
        var elements = text.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        var isOne = glyphs.Length == 1 && font.TextOf(font.CodeOf(glyphs[0].Glyph, text)) == text;
        if (!isOne)
        {
            FlushRun();
            Content.OpenSpan(text);
        }

        for (var place = 0; place < glyphs.Length; place++)
        {
            var part = isOne ? text : place < elements.Length ? elements[place] : NoCharacter;
            Add(font, font.CodeOf(glyphs[place].Glyph, part), glyphs[place], style, x, y);
        }

        if (!isOne)
        {
            FlushRun();
            Content.Close(onlyText: true);
        }
    }

    private void Add(PdfFont font, ushort code, ShapedLine.ShapedGlyph glyph, TextStyle style, float x, float y)
    {
        var (left, baseLine) = (x + (glyph.X * style.Size), y + (glyph.Y * style.Size));
        if (font != runFont || style != runStyle || baseLine != runY || codes.Count == 0)
        {
            FlushRun();
            (runFont, runStyle, runX, runY, runEnd) = (font, style, left, baseLine, 0);
        }

        var target = (int)MathF.Round((left - runX) * 1000 / style.Size);
        codes.Add(code);
        moves.Add(target - runEnd);
        runEnd = target + (int)Math.Round(font.Face.Advance(glyph.Glyph) * 1000.0 / font.Face.UnitsPerEm);
    }

    private void FlushRun()
    {
        if (codes.Count == 0)
        {
            return;
        }

        Content.Take(runFont!, runStyle.Size, runStyle.Color);
        Content.MoveTo(runX, runY);
        Content.Show(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(codes),
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(moves));
        codes.Clear();
        moves.Clear();
    }

    /// <summary>Pictures are drawn after the text; in it stands a space nobody sees, which is copied as what they stand for.</summary>
    private void SetPictures(FontFace face, ReadOnlySpan<ShapedLine.ShapedGlyph> glyphs, string text, TextStyle style, float x, float y)
    {
        FlushRun();
        var main = document.FontOf(Fonts(isBold: false).Main);
        Content.Take(main, style.Size, style.Color, isUnseen: true);
        Content.MoveTo(x + (glyphs[0].X * style.Size), y);
        Content.Show([main.CodeOf(main.Face.Find(' ').Glyph, text)]);
        foreach (var glyph in glyphs)
        {
            if (pictures.Of(face, glyph.Glyph) is var (picture, bounds))
            {
                var (content, left, bottom, size) =
                    (Content, x + ((glyph.X + bounds.Left) * style.Size), y + ((glyph.Y + bounds.Bottom) * style.Size), style.Size);
                Content.DrawLater(
                    () => content.Show(picture.Name, picture.Number, left, bottom, bounds.Width * size, bounds.Height * size));
            }
        }
    }
}
