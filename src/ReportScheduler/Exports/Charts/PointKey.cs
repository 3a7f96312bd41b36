using ReportScheduler.Rows;
using ReportScheduler.Time;

namespace ReportScheduler.Exports.Charts;

/// <summary>What tells newer points of a chart from older ones: dates, text that is
/// one as ISO 8601 has it, and for a line numbers.</summary>
internal static class PointKey
{
    /// <returns>A number that grows with the value; null for a value that is neither new nor old.</returns>
    public static long? Of(in Cell cell, bool isLine, TimeZoneInfo zone)
    {
        switch (cell.Kind)
        {
            case CellKind.Date or CellKind.DateTime:
                return cell.DateTime.Ticks;
            case CellKind.DateTimeOffset:
                return Zones.Clock(cell.DateTimeOffset, zone).Ticks;
            case CellKind.Text:
                var value = cell;
                TextValue.Ask(ref value, ColumnKind.DateTime);
                return value.Kind == CellKind.Text ? null : Of(value, isLine, zone);
            case CellKind.Integer or CellKind.Decimal or CellKind.Double when isLine:
                return Ordered(
                    cell.Kind switch { CellKind.Integer => cell.Int64, CellKind.Decimal => (double)cell.Decimal, _ => cell.Double });
            default:
                return null;
        }
    }

    // The bits of doubles are in their order, those below zero the other way round.
    private static long Ordered(double number) =>
        BitConverter.DoubleToInt64Bits(number) is >= 0 and var bits ? bits : long.MinValue - BitConverter.DoubleToInt64Bits(number);
}
