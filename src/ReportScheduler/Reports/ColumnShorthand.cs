using System.Collections;
using System.Globalization;

namespace ReportScheduler;

/// <summary>The short form of columns and charts: one dictionary per property, from column name to
/// value, as the parameters -ColumnFormat, -Total and so on take it.</summary>
/// <remarks>Stores and exported files of the first versions have tasks in this form too.</remarks>
internal static class ColumnShorthand
{
    /// <summary>The properties of a column that have a short form.</summary>
    public static IReadOnlyList<string> Options { get; } = ["ColumnHeader", "ColumnFormat", "ColumnWidth", "Hide", "Total", "Highlight"];

    /// <summary>Gives one property of the columns of a dataset its values. Columns that are not mentioned lose theirs.</summary>
    /// <param name="dataset">The dataset whose columns change.</param>
    /// <param name="option">One of <see cref="Options"/>.</param>
    /// <param name="values">Column names and values; the values of Hide do not matter.</param>
    /// <exception cref="ReportException">ColumnOptionNotUsable or HighlightNotUsable: a value is none that the property takes.</exception>
    public static void Apply(ReportDataset dataset, string option, IEnumerable<KeyValuePair<string, object?>> values)
    {
        foreach (var column in dataset.Columns)
        {
            Clear(column, option);
        }

        foreach (var (name, value) in values)
        {
            Set(dataset.AddColumn(name), option, value);
        }

        dataset.Columns = [.. dataset.Columns.Where(column => !IsPlain(column))];
    }

    /// <summary>The totals there are, as people give them.</summary>
    public static IReadOnlyList<string> TotalWords { get; } = ["sum", "avg", "count", "min", "max", "distinct"];

    /// <summary>What a column can be asked to show below it, for an error.</summary>
    public const string AllowedTotals = "sum, avg, count, min, max or distinct, or several of them";

    /// <summary>The totals of a word or of several, with commas between them or in a list; null when one is none.</summary>
    public static ColumnTotal? TotalOf(object? value) => value switch
    {
        ColumnTotal known => known,
        string words => words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } several
            ? All(several.Select(OfWord))
            : null,
        IEnumerable several => All(several.Cast<object?>().Select(TotalOf)),
        _ => null,
    };

    /// <summary>The rules of a column.</summary>
    /// <exception cref="ReportException">HighlightNotUsable.</exception>
    public static HighlightRule[] HighlightOf(string column, object? value)
    {
        try
        {
            return [.. HighlightRule.Of(value)];
        }
        catch (FormatException error)
        {
            throw ReportErrors.HighlightNotUsable(column,
                value is IEnumerable several and not string ? string.Join("; ", several.Cast<object?>()) : value, error.Message);
        }
    }

    private static ColumnTotal? All(IEnumerable<ColumnTotal?> totals) =>
        totals.Aggregate((ColumnTotal?)ColumnTotal.None, (all, next) => all | next);

    private static ColumnTotal? OfWord(string word) => word.ToUpperInvariant() switch
    {
        "NONE" => ColumnTotal.None,
        "SUM" or "TOTAL" => ColumnTotal.Sum,
        "AVG" or "AVERAGE" => ColumnTotal.Average,
        "COUNT" => ColumnTotal.Count,
        "MIN" or "MINIMUM" => ColumnTotal.Minimum,
        "MAX" or "MAXIMUM" => ColumnTotal.Maximum,
        "DISTINCT" => ColumnTotal.Distinct,
        _ => null,
    };

    private static void Clear(ReportColumn column, string option)
    {
        switch (option)
        {
            case "ColumnHeader": column.Header = null; break;
            case "ColumnFormat": column.Format = null; break;
            case "ColumnWidth": column.Width = null; break;
            case "Hide": column.Hidden = false; break;
            case "Total": column.Total = ColumnTotal.None; break;
            default: column.Highlight = []; break;
        }
    }

    private static void Set(ReportColumn column, string option, object? value)
    {
        switch (option)
        {
            case "ColumnHeader":
                column.Header = value is string header && !string.IsNullOrWhiteSpace(header) ? header : throw NotUsable("a text");
                break;
            case "ColumnFormat":
                column.Format = value is string { Length: > 0 } format
                    ? format
                    : throw NotUsable("an Excel number format such as '#,##0.00' or 'yyyy-mm-dd'");
                break;
            case "ColumnWidth":
                column.Width =
                    double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var width)
                    ? width : throw NotUsable("a number of characters from 1 to 255");
                break;
            case "Hide":
                column.Hidden = true;
                break;
            case "Total":
                column.Total = TotalOf(value) ?? throw NotUsable(AllowedTotals);
                break;
            default:
                column.Highlight = HighlightOf(column.Name, value);
                break;
        }

        ReportException NotUsable(string allowed) => ReportErrors.ColumnOptionNotUsable(option, column.Name,
            value is IEnumerable several and not string ? string.Join(", ", several.Cast<object?>()) : value, allowed);
    }

    private static bool IsPlain(ReportColumn column) => column is
    { Header: null, Format: null, Width: null, Hidden: false, Total: ColumnTotal.None, RunningTotal: false, ShareOf: null, NullText: null,
        Highlight.Length: 0 };
}
