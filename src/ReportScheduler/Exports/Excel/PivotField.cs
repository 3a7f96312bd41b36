using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Time;

namespace ReportScheduler.Exports.Excel;

/// <summary>The different values of a column as a pivot table tells them apart: texts without regard to case.</summary>
/// <param name="column">The column on the sheet of the rows.</param>
/// <param name="document">The report.</param>
internal sealed class PivotField(ExcelColumn column, ReportDocument document)
{
    /// <summary>The most characters of a value (ISO/IEC 29500-1 has no limit, Excel has).</summary>
    private const int MostCharacters = 255;

    // a cell has no number of more digits; it stands there as text
    private const double Beyond = 1e15;

    private readonly bool isText = column.LaidOut.Format == "@";
    private readonly Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PivotItem> items = [];

    public ExcelColumn Column => column;

    public IReadOnlyList<PivotItem> Items => items;

    /// <summary>The number of a value, in the order in which they come.</summary>
    public int Of(in Cell cell)
    {
        var item = Item(cell);
        if (!numbers.TryGetValue(item.Key, out var number))
        {
            numbers.Add(item.Key, number = items.Count);
            items.Add(item);
        }

        return number;
    }

    /// <summary>The values in the order of a matrix: numbers and dates by size, others as they come.</summary>
    public int[] BySize()
    {
        int[] order = [.. Enumerable.Range(0, items.Count)];
        if (!items.Exists(item => item.Kind == PivotItemKind.Text))
        {
            Array.Sort(order, (left, right) => PivotItem.Compare(items[left], items[right]));
        }

        return order;
    }

    /// <summary>The number format of the values; first days of months are months, as in the matrix.</summary>
    public string? Format => column.LaidOut.Format is null && items.Exists(item => item.Kind == PivotItemKind.Date)
        && items.TrueForAll(item => item.Kind == PivotItemKind.None || (item.Kind == PivotItemKind.Date
            && item.Cell.DateTime is { Day: 1, TimeOfDay.Ticks: 0 })) ? "mmm yyyy" : column.MainFormat;

    /// <summary>How a value looks in a cell.</summary>
    public string Shown(PivotItem item) => Caption(item) ?? new CellText(document.Culture, Format).Of(item.Cell);

    /// <summary>What stands for a value of which there is nothing to see; null for one that shows itself.</summary>
    public string? Caption(PivotItem item) => item.Kind == PivotItemKind.None ? KeyWords.Nothing
        : item.Kind == PivotItemKind.Text && string.IsNullOrWhiteSpace(item.Text) ? KeyWords.Of(item.Cell, item.Text, document.Words)
        : null;

    private PivotItem Item(in Cell cell)
    {
        switch (cell.Kind)
        {
            // the sheet of the rows has a text there too
            case CellKind.Null when column.LaidOut.NullText is { Length: > 0 } nothing:
                return Text(nothing);
            case CellKind.Null:
                return new PivotItem(PivotItemKind.None, "", cell);
            case CellKind.Boolean when WordsFormat.Is(column.LaidOut.Format):
                return new PivotItem(PivotItemKind.Number, cell.Boolean ? "1" : "0", cell);
            case CellKind.Boolean:
                return new PivotItem(PivotItemKind.Truth, cell.Boolean ? "1" : "0", cell);
            case CellKind.Integer or CellKind.Decimal or CellKind.Double when !isText && Number(cell) is var number
                && Math.Abs(number) < Beyond:
                return new PivotItem(PivotItemKind.Number, number.ToString("R", CultureInfo.InvariantCulture), cell);
            case CellKind.Date or CellKind.DateTime when ExcelNumber.IsDate(cell.Int64):
                return Date(cell.DateTime);
            case CellKind.DateTimeOffset when Zones.Clock(cell.DateTimeOffset, document.Zone) is var clock
                && ExcelNumber.IsDate(clock.Ticks):
                return Date(clock);
            default:
                var text = ExcelText.WithLineFeeds(cell.Kind is CellKind.Text or CellKind.Json ? cell.Text
                    : new CellText(CultureInfo.InvariantCulture).Of(cell));
                return new PivotItem(PivotItemKind.Text, ExcelText.Cut(text, MostCharacters).ToString(), cell);
        }
    }

    private static PivotItem Text(string text)
    {
        var cell = default(Cell);
        cell.SetText(text);
        return new PivotItem(PivotItemKind.Text, text, cell);
    }

    private static PivotItem Date(DateTime value)
    {
        var cell = default(Cell);
        cell.SetDateTime(value);
        return new PivotItem(PivotItemKind.Date, value.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), cell);
    }

    private static double Number(in Cell cell) => cell.Kind switch
    {
        CellKind.Integer => cell.Int64,
        CellKind.Decimal => (double)cell.Decimal,
        _ => double.IsNaN(cell.Double) ? double.PositiveInfinity : cell.Double,
    };
}
