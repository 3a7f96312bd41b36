using System.Text;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace ReportScheduler.Exports.Fonts;

/// <summary>A line of text as glyphs, its pieces in the order they are seen from left to right.</summary>
internal sealed class ShapedLine
{
    private const int RightToLeftMark = 0x200F;

    private ShapedLine(List<Piece> pieces, bool isRightToLeft)
    {
        Pieces = pieces;
        IsRightToLeft = isRightToLeft;
        Width = pieces.Sum(piece => piece.Width);
    }

    public IReadOnlyList<Piece> Pieces { get; }

    /// <summary>Whether the line reads from right to left.</summary>
    public bool IsRightToLeft { get; }

    /// <summary>In em.</summary>
    public float Width { get; }

    public static ShapedLine Of(ReadOnlySpan<char> text, FontSet fonts)
    {
        var characters = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            characters.Add(rune.Value);
        }

        var levels = WithMarks(characters, BidiLevels.Of(characters, out var isRightToLeft, out var neutral), neutral);
        var faces = Faces(characters, fonts);
        var runs = new List<(int Start, int End, byte Level)>();
        for (int start = 0, end = 1; start < characters.Count; start = end++)
        {
            while (end < characters.Count && levels[end] == levels[start] && faces[end] == faces[start])
            {
                end++;
            }

            runs.Add((start, end, levels[start]));
        }

        Reorder(runs);
        return new ShapedLine([.. runs.Select(run => Shape(characters, run.Start, run.End, run.Level % 2 == 1, faces[run.Start]))],
            isRightToLeft);
    }

    /// <summary>
    /// A mark without width behind a bracket, space or point that ends a part running right to left: programs that read the text of a PDF
    /// find the direction again from the letters alone, and would put the bracket on the wrong side.
    /// </summary>
    private static byte[] WithMarks(List<int> characters, byte[] levels, bool[] neutral)
    {
        var marked = new List<byte>(levels);
        for (var index = levels.Length - 1; index >= 0; index--)
        {
            if (neutral[index] && levels[index] == 1 && (index == levels.Length - 1 || levels[index + 1] != 1))
            {
                characters.Insert(index + 1, RightToLeftMark);
                marked.Insert(index + 1, 1);
            }
        }

        return [.. marked];
    }

    /// <summary>Rule L2: from the highest level down, every stretch of that level or above is turned round.</summary>
    private static void Reorder(List<(int Start, int End, byte Level)> runs)
    {
        for (var level = 2; level >= 1; level--)
        {
            for (var start = 0; start < runs.Count; start++)
            {
                var end = start;
                while (end < runs.Count && runs[end].Level >= level)
                {
                    end++;
                }

                if (end > start)
                {
                    runs.Reverse(start, end - start);
                    start = end;
                }
            }
        }
    }

    /// <summary>A mark, and a space inside a script, stay with the face of the character before them.</summary>
    private static FontFace[] Faces(List<int> characters, FontSet fonts)
    {
        var faces = new FontFace[characters.Count];
        for (var index = 0; index < faces.Length; index++)
        {
            var character = characters[index];
            var own = fonts.FaceOf(character);
            faces[index] = index > 0 && (Scripts.IsMark(character) || Scripts.IsInvisible(character))
                && (Scripts.IsInvisible(character) || faces[index - 1].Find(character).Glyph != 0)
                    ? faces[index - 1]
                    : own;
        }

        return faces;
    }

    private static Piece Shape(List<int> characters, int start, int end, bool rightToLeft, FontFace face)
    {
        var text = new byte[(end - start) * 4];
        var length = 0;
        for (var index = start; index < end; index++)
        {
            length += new Rune(characters[index]).EncodeToUtf8(text.AsSpan(length));
        }

        using var buffer = new Buffer();
        buffer.AddUtf8(text.AsSpan(0, length));
        buffer.GuessSegmentProperties();
        buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        face.Shaper.Shape(buffer, FontFace.Features);
        var infos = buffer.GetGlyphInfoSpan();
        var positions = buffer.GetGlyphPositionSpan();
        var glyphs = new ShapedGlyph[infos.Length];
        var x = 0f;
        var scale = 1f / face.UnitsPerEm;
        for (var index = 0; index < glyphs.Length; index++)
        {
            glyphs[index] = new ShapedGlyph((ushort)infos[index].Codepoint, infos[index].Cluster, x + (positions[index].XOffset * scale),
                -positions[index].YOffset * scale);
            x += positions[index].XAdvance * scale;
        }

        return new Piece(face, text[..length], glyphs, x);
    }

    /// <summary>Glyphs of one face and direction.</summary>
    /// <param name="Face">The face.</param>
    /// <param name="Text">The characters, UTF-8, in reading order.</param>
    /// <param name="Glyphs">From left to right.</param>
    /// <param name="Width">In em.</param>
    internal sealed record Piece(FontFace Face, byte[] Text, ShapedGlyph[] Glyphs, float Width);

    /// <param name="Glyph">Its number in the face.</param>
    /// <param name="Cluster">The byte of the text it comes from.</param>
    /// <param name="X">In em from the start of the piece.</param>
    /// <param name="Y">In em, down.</param>
    internal readonly record struct ShapedGlyph(ushort Glyph, uint Cluster, float X, float Y);
}
