using System.Globalization;

namespace ReportScheduler.Commands;

/// <summary>The totals of a column from words.</summary>
internal static class TotalConversion
{
    /// <exception cref="ReportException">ColumnOptionNotUsable: a word is none of a total.</exception>
    public static ColumnTotal ToTotal(string column, IEnumerable<string>? words)
    {
        var given = words?.Where(word => word.Length > 0).ToList() ?? [];
        return ColumnShorthand.TotalOf(given)
            ?? throw ReportErrors.ColumnOptionNotUsable(nameof(ReportColumn.Total), column, string.Join(", ", given),
                ColumnShorthand.AllowedTotals);
    }

    /// <summary>The words of totals; ConvertTo-Json makes a number of it.</summary>
    public static string Text(object? item) => NotGiven.Unwrapped(item) is int or long
        ? $"{(ColumnTotal)Convert.ToInt32(NotGiven.Unwrapped(item), CultureInfo.InvariantCulture)}"
        : $"{item}";
}
