using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The texts of one row.</summary>
internal sealed class RowText(int columns, int highlighted)
{
    private readonly int[] ends = new int[columns];
    private readonly RowTextKind[] kinds = new RowTextKind[columns];
    private readonly byte[] colors = new byte[columns];
    private RowPicture?[]? pictures;
    private char[] chars = [];
    private int used;

    /// <summary>Of each highlighted column, in their order.</summary>
    public HighlightMark[] Marks { get; } = new HighlightMark[highlighted];

    /// <summary>The colour of the whole row; null for none.</summary>
    public int? Fill { get; set; }

    /// <summary>What the row is.</summary>
    public RowKind Row { get; init; }

    /// <summary>Of which group: 0 for the outermost.</summary>
    public int Level { get; init; }

    public int Length => ends.Length == 0 ? 0 : ends[^1];

    public ReadOnlySpan<char> this[int column] => chars.AsSpan((column == 0 ? 0 : ends[column - 1])..ends[column]);

    public RowTextKind Kind(int column) => kinds[column];

    /// <summary>The number of the colour that the number format gives a cell; 0 for none.</summary>
    public int Color(int column) => colors[column];

    /// <summary>The picture of a cell; null for none.</summary>
    public RowPicture? Picture(int column) => kinds[column] == RowTextKind.Picture ? pictures![column] : null;

    /// <summary>Begins the row anew.</summary>
    public void Clear() => used = 0;

    /// <summary>Room for the text of the next column.</summary>
    public Span<char> Take(int length)
    {
        if (chars.Length < used + length)
        {
            Array.Resize(ref chars, Math.Max(used + length, chars.Length * 2));
        }

        return chars.AsSpan(used, length);
    }

    /// <summary>Ends the text of a column.</summary>
    public void End(int column, int length, RowTextKind kind, int color)
    {
        used += length;
        (ends[column], kinds[column], colors[column]) = (used, kind, (byte)color);
    }

    /// <summary>Ends a column that has a picture and no text.</summary>
    public void End(int column, RowPicture picture)
    {
        pictures ??= new RowPicture?[ends.Length];
        pictures[column] = picture;
        End(column, 0, RowTextKind.Picture, 0);
    }

    /// <summary>The same row, as small as it can be.</summary>
    public RowText Copy()
    {
        var copy = new RowText(ends.Length, Marks.Length) { chars = chars[..used], used = used, Fill = Fill };
        copy.pictures = (RowPicture?[]?)pictures?.Clone();
        ends.CopyTo(copy.ends, 0);
        kinds.CopyTo(copy.kinds, 0);
        colors.CopyTo(copy.colors, 0);
        Marks.CopyTo(copy.Marks, 0);
        return copy;
    }
}
