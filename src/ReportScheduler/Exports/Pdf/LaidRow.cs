using ReportScheduler.Exports.Fonts;

namespace ReportScheduler.Exports.Pdf;

/// <summary>A row broken into lines, kept while its page is drawn. Used again for a row of the next page.</summary>
internal sealed class LaidRow
{
    private readonly List<(int Start, int Length)> lines = [];
    private readonly List<int> firstLines = [];
    private readonly List<bool> numbers = [];
    private char[] chars = new char[256];
    private readonly List<HighlightLook> looks = [];
    private int length;

    /// <summary>How many lines its highest cell has.</summary>
    public int Height { get; private set; }

    public void Clear()
    {
        lines.Clear();
        firstLines.Clear();
        numbers.Clear();
        looks.Clear();
        length = 0;
        Height = 1;
    }

    /// <summary>Adds the text of the next column.</summary>
    public void Add(ReadOnlySpan<char> text, bool isNumber, FontSet fonts, float width)
    {
        if (chars.Length < length + text.Length)
        {
            Array.Resize(ref chars, Math.Max(length + text.Length, chars.Length * 2));
        }

        text.CopyTo(chars.AsSpan(length));
        firstLines.Add(lines.Count);
        numbers.Add(isNumber);
        var first = lines.Count;
        LineBreaker.Break(text, fonts, width, lines);
        for (var line = first; line < lines.Count; line++)
        {
            lines[line] = (lines[line].Start + length, lines[line].Length);
        }

        length += text.Length;
        Height = Math.Max(Height, lines.Count - first);
    }

    public bool IsNumber(int column) => numbers[column];

    /// <summary>Of each highlighted column; empty in headers and totals.</summary>
    public IReadOnlyList<HighlightLook> Looks => looks;

    public void Add(HighlightLook look) => looks.Add(look);

    /// <summary>A line of a cell; empty below its last one.</summary>
    public ReadOnlySpan<char> Line(int column, int line)
    {
        var index = firstLines[column] + line;
        var end = column + 1 < firstLines.Count ? firstLines[column + 1] : lines.Count;
        return index < end ? chars.AsSpan(lines[index].Start, lines[index].Length) : default;
    }
}
