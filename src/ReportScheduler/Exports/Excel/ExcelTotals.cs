using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>What stands below a column of a worksheet, as Excel will compute it from the cells above.</summary>
/// <param name="column">The column.</param>
/// <param name="hasValuesAsText">Whether some of its numbers or times stand as text.</param>
/// <param name="formatOf">The number format of a total.</param>
internal sealed class ExcelTotals(LaidOutColumn column, Func<bool> hasValuesAsText, Func<ColumnTotal, string?> formatOf)
{
    private readonly ColumnAggregate values = new(column.Column, column.Total);
    private readonly bool showsWords = WordsFormat.Is(column.Format);
    private readonly bool isText = column.Format == "@";
    private bool hasValues;
    private bool hasOthers;

    /// <summary>Whether a text stands where there is no value, which a formula that counts texts would count.</summary>
    public bool HasNullText { get; set; }

    public void Add(in Cell cell)
    {
        hasValues = true;
        hasOthers = hasOthers || isText || (!(showsWords && cell.Kind == CellKind.Boolean) && StandsAsText(cell));
        values.Add(cell);
    }

    /// <summary>The largest number among the totals; null for none.</summary>
    public double? Widest => column.AddsUp ? Of(column.Total.HasFlag(ColumnTotal.Sum) ? ColumnTotal.Sum : ColumnTotal.Average).Value : null;

    /// <summary>The number format of a total.</summary>
    public string? FormatOf(ColumnTotal total) => formatOf(total);

    /// <summary>A total of all rows so far.</summary>
    public ExcelTotal Of(ColumnTotal total) => column.Column.KnownTotal is { } known && total != ColumnTotal.None
        ? Of(total, known, hasValues) with { IsFixed = true }
        : Of(total, values.Of(total), hasValues);

    /// <summary>A total as a cell shows it.</summary>
    /// <param name="total">Which one; None gives nothing.</param>
    /// <param name="cell">Its value.</param>
    /// <param name="isOfValues">Whether there was any value.</param>
    public ExcelTotal Of(ColumnTotal total, in Cell cell, bool isOfValues)
    {
        var value = Number(cell) ?? (total == ColumnTotal.Sum && !isOfValues ? 0 : null);
        // Where there is nothing to add up, Excel would make 0 of it, or a sum of days.
        if (total == ColumnTotal.None || (value is null && cell.Kind == CellKind.Null && total != ColumnTotal.Average)
            || (isOfValues && cell.Kind == CellKind.Null))
        {
            return default;
        }

        var text = StandsAsText(cell) ? new CellText(CultureInfo.InvariantCulture).Of(cell) : null;
        // Excel would add up less than there is, or has no function for it.
        var isFixed = total == ColumnTotal.Distinct || text is not null
            || (total == ColumnTotal.Count ? HasNullText && hasOthers : hasValuesAsText());
        return new ExcelTotal(total, text is null ? value : null, text, isFixed, text is null ? formatOf(total) : null)
        {
            CountsNumbers = HasNullText,
        };
    }

    private static double? Number(in Cell cell) => cell.Kind switch
    {
        CellKind.Integer => cell.Int64,
        CellKind.Decimal => (double)cell.Decimal,
        CellKind.Double => cell.Double,
        CellKind.Time => cell.Time.TotalDays,
        CellKind.Date or CellKind.DateTime => Days(cell.DateTime),
        CellKind.DateTimeOffset => Days(cell.DateTimeOffset.DateTime),
        _ => null,
    };

    private static double Days(DateTime value) => (value - new DateTime(1899, 12, 30)).TotalDays;

    private static bool StandsAsText(in Cell cell) => cell.Kind switch
    {
        CellKind.Null => false,
        CellKind.Integer => !ExcelNumber.Fits(cell.Int64),
        CellKind.Decimal => !ExcelNumber.Fits(cell.Decimal),
        CellKind.Double => !double.IsFinite(cell.Double),
        CellKind.Time => cell.Time < TimeSpan.Zero,
        CellKind.Date or CellKind.DateTime or CellKind.DateTimeOffset => !ExcelNumber.IsDate(cell.Int64),
        _ => true,
    };
}
