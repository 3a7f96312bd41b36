namespace ReportScheduler.Exports.Pdf;

/// <summary>The texts of one row.</summary>
/// <param name="chars">The texts one after the other.</param>
/// <param name="ends">Where each ends, marked when it is a number.</param>
/// <param name="marks">Of each highlighted column, in their order.</param>
internal readonly ref struct SpooledRow(ReadOnlySpan<char> chars, ReadOnlySpan<int> ends, ReadOnlySpan<HighlightMark> marks)
{
    private readonly ReadOnlySpan<char> chars = chars;
    private readonly ReadOnlySpan<int> ends = ends;

    public ReadOnlySpan<HighlightMark> Marks { get; } = marks;

    public ReadOnlySpan<char> this[int column] =>
        chars[(column == 0 ? 0 : End(ends[column - 1]))..End(ends[column])];

    public static int Mark(int end, bool isNumber) => (end << 1) | (isNumber ? 1 : 0);

    public static int End(int marked) => marked >> 1;

    public bool IsNumber(int column) => (ends[column] & 1) != 0;
}
