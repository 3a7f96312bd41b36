using System.Globalization;
using ReportScheduler.Time;

namespace ReportScheduler.Rows;

/// <summary>A cell as a sentence or a list of changes shows it, the same in every culture.</summary>
internal static class CellWords
{
    public static string Of(in Cell cell) => cell.Kind switch
    {
        CellKind.Null => "",
        CellKind.Boolean => cell.Boolean ? "true" : "false",
        CellKind.Integer => cell.Int64.ToString(CultureInfo.InvariantCulture),
        CellKind.Decimal => cell.Decimal.ToString(CultureInfo.InvariantCulture),
        CellKind.Double => cell.Double.ToString(CultureInfo.InvariantCulture),
        CellKind.Date => cell.DateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CellKind.DateTime => cell.DateTime.ToString(
            cell.DateTime.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.FFFFFFF",
            CultureInfo.InvariantCulture),
        CellKind.DateTimeOffset => InstantText.Of(cell.DateTimeOffset),
        CellKind.Time => cell.Time.ToString("c", CultureInfo.InvariantCulture),
        CellKind.Guid => cell.Guid.ToString(),
        CellKind.Binary => BinaryText.Of(cell.Binary, CultureInfo.InvariantCulture),
        _ => cell.Text,
    };
}
