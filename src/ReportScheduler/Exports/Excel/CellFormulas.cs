using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Exports.Excel;

/// <summary>The rules that a cell meets by itself as formulas of conditional formats: for whole rows, which look at one cell
/// of each row, and for columns with a text where there is no value.</summary>
internal static class CellFormulas
{
    /// <param name="rule">A rule that a cell meets by itself.</param>
    /// <param name="cell">The cell of the first row, for whole rows with its column fixed: <c>$C2</c>.</param>
    /// <param name="nothing">What stands where there is no value; null or empty for nothing.</param>
    /// <param name="truth">The words for true and false where the column has such values; null for one without them.</param>
    public static string Of(HighlightRule rule, string cell, string? nothing, TruthWords? truth)
    {
        var formula = Of(rule, cell, truth);
        return string.IsNullOrEmpty(nothing)
            ? formula
            : rule.Kind == HighlightKind.Empty
            ? $"OR({formula},{cell}={Quoted(nothing)})"
            : $"AND({cell}<>{Quoted(nothing)},{formula})";
    }

    private static string Of(HighlightRule rule, string cell, TruthWords? truth) => rule.Kind switch
    {
        HighlightKind.Greater => Number(cell, $"{cell}>{rule.Values[0]}"),
        HighlightKind.AtLeast => Number(cell, $"{cell}>={rule.Values[0]}"),
        HighlightKind.Less => Number(cell, $"{cell}<{rule.Values[0]}"),
        HighlightKind.AtMost => Number(cell, $"{cell}<={rule.Values[0]}"),
        HighlightKind.Between =>
            Number(cell, $"{cell}>=MIN({rule.Values[0]},{rule.Values[1]}),{cell}<=MAX({rule.Values[0]},{rule.Values[1]})"),
        HighlightKind.Equal => Either(Equal(rule, cell), cell, truth, value =>
            !(rule.IsNumber && truth!.AreFormat) && truth!.Names(value, rule.Values[0])),
        HighlightKind.Not when truth is not null =>
            $"AND({cell}<>\"\",NOT({Of(rule with { Kind = HighlightKind.Equal }, cell, truth)}))",
        HighlightKind.Not when rule.IsNumber => $"AND({cell}<>\"\",{cell}<>{rule.Values[0]},{cell}<>{Quoted(rule.Values[0])})",
        HighlightKind.Not => $"AND({cell}<>\"\",{cell}<>{Quoted(rule.Values[0])})",
        HighlightKind.Empty => $"LEN({cell})=0",
        _ => Either($"AND(ISTEXT({cell}),ISNUMBER(SEARCH({Quoted(Literal(rule.Values[0]))},{cell})))", cell, truth,
            value => truth!.Contain(value, rule.Values[0])),
    };

    // an empty cell is zero and the empty text to Excel
    private static string Equal(HighlightRule rule, string cell) =>
        rule.IsNumber ? $"OR({Number(cell, $"{cell}={rule.Values[0]}")},{cell}={Quoted(rule.Values[0])})"
        : rule.Values[0].Length == 0 ? IsEmptyText(cell)
        : $"{cell}={Quoted(rule.Values[0])}";

    /// <summary>Whether a cell has a text without characters.</summary>
    public static string IsEmptyText(string cell) => $"AND(ISTEXT({cell}),LEN({cell})=0)";

    // or one of true and false that are meant
    private static string Either(string formula, string cell, TruthWords? truth, Func<bool, bool> isMeant)
    {
        if (truth is null)
        {
            return formula;
        }

        var values = ((bool[])[true, false]).Where(isMeant).Select(value => truth.AreFormat
            ? Number(cell, $"{cell}{(value ? "<>" : "=")}0")
            : $"AND(ISLOGICAL({cell}),{cell}={(value ? "TRUE" : "FALSE")})").ToList();
        return values.Count == 0 ? formula : $"OR({formula},{string.Join(',', values)})";
    }

    private static string Number(string cell, string condition) => $"AND(ISNUMBER({cell}),{condition})";

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // SEARCH knows wildcards
    private static string Literal(string text) => text.Replace("~", "~~", StringComparison.Ordinal)
        .Replace("*", "~*", StringComparison.Ordinal).Replace("?", "~?", StringComparison.Ordinal);
}
