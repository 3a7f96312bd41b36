using System.Globalization;

namespace ReportScheduler.Rows.Spool;

/// <summary>A value as the key of a part: equal values have equal texts, whatever type or scale the database gives them.</summary>
internal static class KeyText
{
    /// <returns>Null for no key: NULL, and text that is empty or blank.</returns>
    public static string? Of(in Cell cell) => cell.Kind switch
    {
        CellKind.Null => null,
        CellKind.Text or CellKind.Json => string.IsNullOrWhiteSpace(cell.Text) ? null : cell.Text,
        CellKind.Decimal or CellKind.Double => Number(PlainNumber.Of(cell)),
        CellKind.Binary => Convert.ToHexString(cell.Binary),
        _ => Iso(cell),
    };

    /// <summary>Whether two values are surely one key, found out without their texts.</summary>
    public static bool IsSame(in Cell one, in Cell other) => one.Kind == other.Kind && one.Kind switch
    {
        CellKind.Null => true,
        CellKind.Text or CellKind.Json => string.Equals(one.Text, other.Text, StringComparison.Ordinal),
        CellKind.Guid or CellKind.Binary => false,
        _ => one.Int64 == other.Int64 && one.Decimal == other.Decimal,
    };

    private static string Number(in Cell cell) =>
        cell.Kind == CellKind.Decimal ? cell.Decimal.ToString(CultureInfo.InvariantCulture) : Iso(cell);

    private static string Iso(in Cell cell)
    {
        Span<char> text = stackalloc char[64];
        return new string(text[..IsoText.Format(cell, text, ' ')]);
    }
}
