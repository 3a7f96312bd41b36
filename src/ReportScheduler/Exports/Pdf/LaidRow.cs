using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>A row broken into lines, kept while its page is drawn. Used again for a row of the next page.</summary>
internal sealed class LaidRow
{
    private const char LeftToRightMark = '\u200E';
    private const char RightToLeftMark = '\u200F';
    private const char Ellipsis = '…';

    private readonly List<(int Start, int Length)> lines = [];
    private readonly List<int> firstLines = [];
    private readonly List<RowTextKind> kinds = [];
    private readonly List<int> colors = [];
    private readonly List<Uri?> addresses = [];
    private readonly List<(int Column, RowPicture Picture)> pictures = [];
    private char[] chars = new char[256];
    private readonly List<HighlightMark> marks = [];
    private int length;

    /// <summary>How many lines its highest cell has.</summary>
    public int Height { get; private set; }

    /// <summary>Of each highlighted column; empty in headers and totals.</summary>
    public List<HighlightMark> Marks => marks;

    /// <summary>The colour of the whole row; null for none.</summary>
    public int? Fill { get; set; }

    public void Clear()
    {
        lines.Clear();
        firstLines.Clear();
        kinds.Clear();
        colors.Clear();
        addresses.Clear();
        pictures.Clear();
        marks.Clear();
        Fill = null;
        length = 0;
        Height = 1;
    }

    /// <summary>Adds the text of the next column.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kind">What it stands for.</param>
    /// <param name="fonts">What it is set in.</param>
    /// <param name="width">The room for it, in em.</param>
    /// <param name="color">The number of a colour of its own; 0 for none.</param>
    /// <param name="mostLines">The lines that it may take; more end in an ellipsis.</param>
    public void Add(ReadOnlySpan<char> text, RowTextKind kind, FontSet fonts, float width, int color = 0, int mostLines = int.MaxValue)
    {
        MakeRoom(text.Length);
        text.CopyTo(chars.AsSpan(length));
        firstLines.Add(lines.Count);
        kinds.Add(kind);
        colors.Add(color);
        addresses.Add(kind == RowTextKind.Text ? CellLink.Of(text) : null);
        var first = lines.Count;
        LineBreaker.Break(text, fonts, width, lines);
        for (var line = first; line < lines.Count; line++)
        {
            lines[line] = (lines[line].Start + length, lines[line].Length);
        }

        length += text.Length;
        var isCut = lines.Count - first > mostLines;
        if (isCut)
        {
            lines.RemoveRange(first + mostLines, lines.Count - first - mostLines);
        }

        if (lines.Count - first > 1)
        {
            KeepDirection(first);
        }

        if (isCut)
        {
            EndInEllipsis(fonts, width);
        }

        Height = Math.Max(Height, lines.Count - first);
    }

    /// <summary>Adds a picture to the column that was added last.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="lineHeight">How high a line is, in points.</param>
    public void Show(RowPicture picture, float lineHeight)
    {
        pictures.Add((firstLines.Count - 1, picture));
        Height = Math.Max(Height, (int)MathF.Ceiling(picture.Height / lineHeight));
    }

    /// <summary>The picture of a column that has one.</summary>
    public RowPicture Picture(int column) => pictures.Find(picture => picture.Column == column).Picture;

    /// <summary>The first column that has a text; 0 when none has.</summary>
    public int TextPlace => Math.Max(0, firstLines.FindIndex(line => lines[line].Length > 0));

    public RowTextKind Kind(int column) => kinds[column];

    /// <summary>The number of the colour that its number format gives a cell; 0 for none.</summary>
    public int Color(int column) => colors[column];

    /// <summary>Where the text of a column leads; null for nowhere.</summary>
    public Uri? Address(int column) => addresses[column];

    /// <summary>A line of a cell; empty below its last one.</summary>
    public ReadOnlySpan<char> Line(int column, int line)
    {
        var index = firstLines[column] + line;
        return line < Lines(column) ? chars.AsSpan(lines[index].Start, lines[index].Length) : default;
    }

    /// <summary>How many lines a cell has.</summary>
    public int Lines(int column) => (column + 1 < firstLines.Count ? firstLines[column + 1] : lines.Count) - firstLines[column];

    /// <summary>A paragraph has the direction of its first letter: a line of it that begins
    /// with another script gets a mark in front that nobody sees.</summary>
    private void KeepDirection(int first)
    {
        var (end, paragraphEnd, isRightToLeft) = (length, -1, false);
        for (var line = first; line < lines.Count; line++)
        {
            var (start, count) = lines[line];
            if (start > paragraphEnd)
            {
                var paragraph = chars.AsSpan(start, end - start);
                paragraphEnd = start + (paragraph.IndexOfAny('\r', '\n') is >= 0 and var at ? at : paragraph.Length);
                isRightToLeft = BidiLevels.IsRightToLeft(chars.AsSpan(start, paragraphEnd - start));
            }

            if (BidiLevels.IsRightToLeft(chars.AsSpan(start, count)) != isRightToLeft)
            {
                MakeRoom(count + 1);
                chars[length] = isRightToLeft ? RightToLeftMark : LeftToRightMark;
                chars.AsSpan(start, count).CopyTo(chars.AsSpan(length + 1));
                lines[line] = (length, count + 1);
                length += count + 1;
            }
        }
    }

    /// <summary>Ends the last line so that it says that there is more.</summary>
    private void EndInEllipsis(FontSet fonts, float width)
    {
        var (start, count) = lines[^1];
        MakeRoom(count + 1);
        var line = chars.AsSpan(length, count + 1);
        chars.AsSpan(start, count).CopyTo(line);
        do
        {
            line = line[..(line[..^1].TrimEnd(' ').Length + 1)];
            line[^1] = Ellipsis;
            if (line.Length == 1 || fonts.Measure(line) <= width)
            {
                break;
            }

            line = line[..^(line.Length > 2 && char.IsLowSurrogate(line[^2]) ? 2 : 1)];
        }
        while (true);
        lines[^1] = (length, line.Length);
        length += line.Length;
    }

    private void MakeRoom(int more)
    {
        if (chars.Length < length + more)
        {
            Array.Resize(ref chars, Math.Max(length + more, chars.Length * 2));
        }
    }
}
