using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Charts;

/// <summary>The values along a chart's axis as the number format of their column shows them; times are counted in hours there.</summary>
internal sealed class ValueText(ExcelFormat format, bool isTime, CultureInfo culture)
{
    private const string Duration = "[h]:mm:ss";

    /// <summary>Null for a column of numbers without a format.</summary>
    public static ValueText? Of(LaidOutColumn column, CultureInfo culture)
    {
        var isTime = column.Column.Kind == ColumnKind.Time;
        return FormatKind.Of(column.Format) is not null ? new ValueText(new ExcelFormat(column.Format!), isTime, culture)
            : isTime ? new ValueText(new ExcelFormat(Duration), true, culture) : null;
    }

    /// <returns>Null where Excel would show ####.</returns>
    public string? Of(double value) =>
        !isTime ? format.Number(value, FractionDigits.Exact(value), culture, out _)
        : Math.Abs(value) < TimeSpan.MaxValue.TotalHours ? format.Time(TimeSpan.FromHours(value), culture, out _) : null;
}
