using ReportScheduler.Exports.Drawing;
using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Pdf;

/// <summary>A column of a table: what its first rows need, and the width it gets.</summary>
internal sealed class PdfColumn(LaidOutColumn laid, CellText text, ColumnHighlight? highlight, float? fixedWidth)
{
    /// <summary>What stands for SQL NULL.</summary>
    public string Nothing { get; } = laid.NullText ?? "–";

    private readonly float icon = highlight is { HasIcons: true } ? Look.IconRoom : 0;
    private readonly int[] colors = [.. text.Colors.Distinct().Take(7)];
    private bool seen;
    private bool wraps;

    public SourceColumn Source => laid.Column;

    /// <summary>How its lists of numbers are drawn; null for a column of anything else.</summary>
    public SparklineKind? Spark { get; } = laid.Spark;

    /// <summary>The header as people read it.</summary>
    public string Header => laid.Title;

    public CellText Text => text;

    /// <summary>The number that a colour of its format has in a row: 0 for none.</summary>
    public int NumberOf(int? color) => color is { } given ? Array.IndexOf(colors, given) + 1 : 0;

    /// <summary>A style in the colour of that number.</summary>
    public TextStyle Styled(TextStyle style, int number) => number == 0 ? style : style with { Color = colors[number - 1] };

    /// <summary>What makes its cells stand out; null for nothing.</summary>
    public ColumnHighlight? Highlight => highlight;

    /// <summary>Numbers stand at the right. The database may not declare a kind (SQLite expressions), so the first value decides.</summary>
    public bool IsNumber { get; private set; } = laid.IsNumber;

    /// <summary>The width at which nothing wraps, in em.</summary>
    public float Natural { get; private set; }

    /// <summary>The width at which no word is broken, in em.</summary>
    public float Least { get; private set; }

    /// <summary>The width it has, in points.</summary>
    public float Width { get; set; }

    /// <summary>The room for text, in em.</summary>
    public float TextWidth => (Width - Indent - Look.CellPaddingX) / Look.TextSize;

    /// <summary>Where its text begins, in points; an arrow stands before it.</summary>
    public float Indent => Look.CellPaddingX + icon;

    /// <summary>Takes notice of a text of one of the first rows.</summary>
    public void See(ReadOnlySpan<char> cell, CellKind kind, FontSet fonts)
    {
        if (kind == CellKind.Null)
        {
            if (laid.NullText is not null)
            {
                Fit(cell, fonts, mayWrap: true);
            }

            return;
        }

        var number = IsNumeric(kind);
        IsNumber = seen ? IsNumber && number : number;
        seen = true;
        wraps |= kind is CellKind.Text or CellKind.Json or CellKind.Binary;
        Fit(cell, fonts, kind is CellKind.Text or CellKind.Json or CellKind.Binary);
    }

    /// <summary>Takes notice of a picture.</summary>
    /// <param name="width">In points.</param>
    public void SeePicture(float width)
    {
        (IsNumber, seen) = (false, true);
        Natural = Math.Max(Natural, width / Look.TextSize);
        Least = Math.Max(Least, width / Look.TextSize);
    }

    /// <summary>Makes room for a text of the header or of the totals.</summary>
    public void Fit(ReadOnlySpan<char> cell, FontSet fonts, bool mayWrap)
    {
        foreach (var line in cell.EnumerateLines())
        {
            var width = Math.Min(fonts.Measure(line), 1000);
            Natural = Math.Max(Natural, width);
            if (!mayWrap)
            {
                Least = Math.Max(Least, width);
                continue;
            }

            foreach (var word in line.ToString().Split(' '))
            {
                Least = Math.Max(Least, Math.Min(fonts.Measure(word), Look.WideText / 2));
            }
        }
    }

    /// <summary>The width at which nothing wraps, in points.</summary>
    public float Full => fixedWidth ?? Points(Natural);

    /// <summary>The width it would like, in points.</summary>
    public float Wanted => fixedWidth ?? Points(wraps ? Math.Max(Least, Math.Min(Natural, Look.WideText)) : Natural);

    /// <summary>The width at which no number wraps and no short word breaks, in points.</summary>
    public float Needed => fixedWidth ?? Points(Least);

    public static bool IsNumeric(CellKind kind) => kind is CellKind.Integer or CellKind.Decimal or CellKind.Double;

    private float Points(float em) => (em * Look.TextSize) + Indent + Look.CellPaddingX + 0.1f;
}
