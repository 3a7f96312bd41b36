namespace ReportScheduler.Exports.Excel;

/// <summary>The rules that a cell meets by itself as formulas of conditional formats: for whole rows, which look at one cell
/// of each row, and for columns with a text where there is no value.</summary>
internal static class CellFormulas
{
    /// <param name="rule">A rule that a cell meets by itself.</param>
    /// <param name="cell">The cell of the first row, for whole rows with its column fixed: <c>$C2</c>.</param>
    /// <param name="nothing">What stands where there is no value; null or empty for nothing.</param>
    public static string Of(HighlightRule rule, string cell, string? nothing)
    {
        var formula = Of(rule, cell);
        return string.IsNullOrEmpty(nothing)
            ? formula
            : rule.Kind == HighlightKind.Empty
            ? $"OR({formula},{cell}={Quoted(nothing)})"
            : $"AND({cell}<>{Quoted(nothing)},{formula})";
    }

    private static string Of(HighlightRule rule, string cell) => rule.Kind switch
    {
        HighlightKind.Greater => Number(cell, $"{cell}>{rule.Values[0]}"),
        HighlightKind.AtLeast => Number(cell, $"{cell}>={rule.Values[0]}"),
        HighlightKind.Less => Number(cell, $"{cell}<{rule.Values[0]}"),
        HighlightKind.AtMost => Number(cell, $"{cell}<={rule.Values[0]}"),
        HighlightKind.Between =>
            Number(cell, $"{cell}>=MIN({rule.Values[0]},{rule.Values[1]}),{cell}<=MAX({rule.Values[0]},{rule.Values[1]})"),
        // an empty cell is zero to Excel
        HighlightKind.Equal when rule.IsNumber => $"OR({Number(cell, $"{cell}={rule.Values[0]}")},{cell}={Quoted(rule.Values[0])})",
        HighlightKind.Equal => $"{cell}={Quoted(rule.Values[0])}",
        HighlightKind.Not when rule.IsNumber => $"AND({cell}<>\"\",{cell}<>{rule.Values[0]},{cell}<>{Quoted(rule.Values[0])})",
        HighlightKind.Not => $"AND({cell}<>\"\",{cell}<>{Quoted(rule.Values[0])})",
        HighlightKind.Empty => $"LEN({cell})=0",
        _ => $"AND(ISTEXT({cell}),ISNUMBER(SEARCH({Quoted(Literal(rule.Values[0]))},{cell})))",
    };

    private static string Number(string cell, string condition) => $"AND(ISNUMBER({cell}),{condition})";

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // SEARCH knows wildcards
    private static string Literal(string text) => text.Replace("~", "~~", StringComparison.Ordinal)
        .Replace("*", "~*", StringComparison.Ordinal).Replace("?", "~?", StringComparison.Ordinal);
}
