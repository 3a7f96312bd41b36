using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The texts of one row.</summary>
/// <param name="chars">The texts one after the other.</param>
/// <param name="ends">Where each ends, whether it is a number, and which colour its number format gives it.</param>
/// <param name="marks">Of each highlighted column, in their order.</param>
/// <param name="kind">What kind of row it is.</param>
internal readonly ref struct SpooledRow(ReadOnlySpan<char> chars, ReadOnlySpan<int> ends, ReadOnlySpan<HighlightMark> marks, SpooledKind kind)
{
    private readonly ReadOnlySpan<char> chars = chars;
    private readonly ReadOnlySpan<int> ends = ends;

    public SpooledKind Kind { get; } = kind;

    public ReadOnlySpan<HighlightMark> Marks { get; } = marks;

    public ReadOnlySpan<char> this[int column] =>
        chars[(column == 0 ? 0 : End(ends[column - 1]))..End(ends[column])];

    /// <param name="end">Where the text ends.</param>
    /// <param name="isNumber">Whether it is a number.</param>
    /// <param name="color">0 for none, up to 7.</param>
    public static int Mark(int end, bool isNumber, int color) => checked(end * 16) | (color << 1) | (isNumber ? 1 : 0);

    public static int End(int marked) => marked >> 4;

    public bool IsNumber(int column) => (ends[column] & 1) != 0;

    public int Color(int column) => (ends[column] >> 1) & 7;
}
