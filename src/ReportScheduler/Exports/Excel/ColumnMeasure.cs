using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.Excel;

/// <summary>What the rows of a column have shown so far that decides how it must look.</summary>
internal sealed class ColumnMeasure(double? givenWidth)
{
    /// <summary>In characters; longer texts are wrapped.</summary>
    public const double WidestText = 60;

    /// <summary>The indent of text and a little air, in characters.</summary>
    public const double TextMargin = 2.8;

    // Widths come from the first texts; numbers are cheap and all looked at.
    private const int Sample = 1000;
    private const int Longest = 400;

    private const double BoldLetters = 1.07;

    // More than the highest row shows.
    private const int MostCharacters = 4000;

    private int texts;
    private string? last;

    /// <summary>Of the texts, in characters.</summary>
    public double TextWidth { get; private set; }

    /// <summary>Some text has several lines or is wider than the column may be.</summary>
    public bool MustWrap { get; private set; }

    public int FractionDigits { get; private set; }

    /// <summary>Some date has a time of the day.</summary>
    public bool HasHours { get; set; }

    /// <summary>Some number is too large or too small to be written out.</summary>
    public bool IsScientific { get; set; }

    public double Smallest { get; private set; }

    public double Largest { get; private set; }

    /// <summary>Whether the next text still counts.</summary>
    public bool IsOpen => texts < Sample;

    public void AddText(string text)
    {
        if (!IsOpen)
        {
            return;
        }

        texts++;
        // a region, or what else a report is split by
        if (ReferenceEquals(text, last))
        {
            return;
        }

        last = text;
        var width = Exports.Excel.TextWidth.Of(text.Length > Longest ? text.AsSpan(0, Longest) : text) + TextMargin;
        TextWidth = Math.Max(TextWidth, width);
        MustWrap |= width > (givenWidth ?? WidestText) || text.AsSpan().Contains('\n');
    }

    /// <summary>Of the words in lines of totals, in characters.</summary>
    public double LabelWidth { get; private set; }

    /// <summary>Makes room for a word in a line of totals, whose letters are bold.</summary>
    public void AddLabel(string label) => LabelWidth = Math.Max(LabelWidth,
        (Exports.Excel.TextWidth.Of(label.Length > Longest ? label.AsSpan(0, Longest) : label) * BoldLetters) + TextMargin);

    /// <param name="width">In pixels, of which a digit takes seven.</param>
    public void AddPicture(int width) => TextWidth = Math.Max(TextWidth, (width / 7.0) + 1);

    /// <summary>Whether any text may take several lines: not once the first ones have shown that the column does not wrap.</summary>
    public bool CanHaveLines => texts < Sample || MustWrap;

    /// <summary>How many lines the text takes where it is wrapped.</summary>
    public int LinesOf(string text)
    {
        var limit = givenWidth ?? WidestText;
        if (text.Length + TextMargin < limit / 1.5 && !text.AsSpan().Contains('\n'))
        {
            return 1;
        }

        var lines = 0;
        foreach (var line in text.AsSpan(0, Math.Min(text.Length, MostCharacters)).EnumerateLines())
        {
            // Lines break between words, so that a little stays empty.
            lines += Math.Max(1, (int)Math.Ceiling(Exports.Excel.TextWidth.Of(line) * 1.06 / (limit - TextMargin)));
        }

        return lines;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddNumber(double value)
    {
        if (value < Smallest)
        {
            Smallest = value;
        }

        if (value > Largest)
        {
            Largest = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddNumber(double value, int fractionDigits)
    {
        if (fractionDigits > FractionDigits)
        {
            FractionDigits = fractionDigits;
        }

        AddNumber(value);
    }
}
