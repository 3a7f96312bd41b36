using System.Globalization;
using System.Runtime.CompilerServices;

namespace ReportScheduler.Rows;

/// <summary>Which of two values comes first: false before true, numbers by size, dates
/// by time, texts as the comparer says; NULL is last.</summary>
/// <remarks>Where a column mixes kinds, as SQLite allows, booleans come before numbers, then
/// dates, times, texts and bytes. NaN is the largest number.</remarks>
/// <param name="texts">Compares texts; by character when null.</param>
internal sealed class CellOrder(CompareInfo? texts = null)
{
    /// <summary>Texts by the numbers of their characters.</summary>
    public static CellOrder Ordinal { get; } = new();

    /// <summary>Whether two values are the same one. NULL is the same as NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreSame(in Cell left, in Cell right) => left.Kind == right.Kind
        ? left.Kind switch
        {
            CellKind.Null => true,
            CellKind.Text or CellKind.Json => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
            CellKind.Integer or CellKind.Boolean or CellKind.Date or CellKind.DateTime or CellKind.Time => left.Int64 == right.Int64,
            CellKind.Decimal => left.Decimal == right.Decimal,
            _ => Ordinal.Compare(left, right) == 0,
        }
        : Ordinal.Compare(left, right) == 0;

    public int Compare(in Cell left, in Cell right)
    {
        var (rank, other) = (Rank(left.Kind), Rank(right.Kind));
        return rank != other ? rank.CompareTo(other) : rank switch
        {
            0 or 3 => left.Int64.CompareTo(right.Int64),
            1 => Numbers(left, right),
            2 => Ticks(left).CompareTo(Ticks(right)),
            4 => Texts(Text(left), Text(right)),
            5 => left.Binary.AsSpan().SequenceCompareTo(right.Binary),
            _ => 0,
        };
    }

    private static int Rank(CellKind kind) => kind switch
    {
        CellKind.Boolean => 0,
        CellKind.Integer or CellKind.Decimal or CellKind.Double => 1,
        CellKind.Date or CellKind.DateTime or CellKind.DateTimeOffset => 2,
        CellKind.Time => 3,
        CellKind.Text or CellKind.Json or CellKind.Guid => 4,
        CellKind.Binary => 5,
        _ => 6,
    };

    private static int Numbers(in Cell left, in Cell right)
    {
        if (left.Kind == CellKind.Double || right.Kind == CellKind.Double)
        {
            var (one, other) = (Double(left), Double(right));
            return double.IsNaN(one) ? double.IsNaN(other) ? 0 : 1 : double.IsNaN(other) ? -1 : one.CompareTo(other);
        }

        return left.Kind == CellKind.Integer && right.Kind == CellKind.Integer
            ? left.Int64.CompareTo(right.Int64)
            : Decimal(left).CompareTo(Decimal(right));
    }

    private static double Double(in Cell cell) => cell.Kind switch
    {
        CellKind.Double => cell.Double,
        CellKind.Integer => cell.Int64,
        _ => (double)cell.Decimal,
    };

    private static decimal Decimal(in Cell cell) => cell.Kind == CellKind.Integer ? cell.Int64 : cell.Decimal;

    private static long Ticks(in Cell cell) => cell.Kind == CellKind.DateTimeOffset ? cell.DateTimeOffset.UtcTicks : cell.Int64;

    private static string Text(in Cell cell) => cell.Kind == CellKind.Guid ? cell.Guid.ToString() : cell.Text;

    // Texts that a culture takes for equal are still different values.
    private int Texts(string left, string right) =>
        (texts?.Compare(left, right) ?? 0) is not 0 and var order ? order : string.CompareOrdinal(left, right);
}
