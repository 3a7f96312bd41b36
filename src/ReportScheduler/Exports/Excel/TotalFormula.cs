using System.Globalization;
using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>The formula of a total over all the tables of a dataset; hidden rows (a filter) do not count.</summary>
internal static class TotalFormula
{
    public static string Of(ExcelColumn column, IReadOnlyList<string> tables) => column.Total switch
    {
        _ when column.TotalText is { } text => $"\"{text}\"",
        _ when column is { IsTotalFixed: true, TotalValue: { } value } => value.ToString("R", CultureInfo.InvariantCulture),
        ColumnTotal.Sum => Each(109, column, tables),
        ColumnTotal.Count => Each(103, column, tables),
        // No rows, or all of them filtered away, have no average.
        _ when tables.Count == 1 => $"IFERROR({Each(101, column, tables)},\"\")",
        _ => $"IFERROR(({Each(109, column, tables)})/({Each(102, column, tables)}),\"\")",
    };

    private static string Each(int function, ExcelColumn column, IReadOnlyList<string> tables) =>
        string.Join('+', tables.Select(table => $"SUBTOTAL({function},{table}[{Quoted(column.Header)}])"));

    /// <summary>The name of a column as it stands in the brackets of a reference: characters that mean something there take an apostrophe before them.</summary>
    public static string Quoted(string header)
    {
        var quoted = new StringBuilder();
        foreach (var c in header)
        {
            quoted.Append(c is '[' or ']' or '#' or '\'' or '@' ? "'" : "").Append(c);
        }
        return quoted.ToString();
    }
}
