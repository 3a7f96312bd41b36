using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ReportScheduler.Conditions;

/// <summary>What -Expect says of a result: its columns, how many rows it has, how fresh it is, and what its totals come to.</summary>
/// <param name="Columns">Names with the kind of their values, null for any.</param>
/// <param name="MinRows">At least so many rows; null for any.</param>
/// <param name="MaxRows">At most so many.</param>
/// <param name="Conditions">What must be true, with the words that said so.</param>
/// <param name="Drifts">Totals that stay near those of the last result.</param>
internal sealed partial record Contract(
    IReadOnlyList<(string Name, string? Kind)> Columns, long? MinRows, long? MaxRows,
    IReadOnlyList<(string Text, Condition Condition)> Conditions, IReadOnlyList<ContractDrift> Drifts)
{
    /// <summary>Totals that are noted and not held against anything, so that a contract can be proposed later.</summary>
    public IReadOnlyList<ConditionTerm.Figure> Noted { get; private init; } = [];

    private static readonly string[] Parts = ["Columns", "Rows", "Fresh", "Total"];

    /// <summary>Reads -Expect; null for a task without one.</summary>
    /// <exception cref="ReportException">ContractPartUnknown, ContractNotUsable.</exception>
    public static Contract? Of(OrderedDictionary? expect)
    {
        if (expect is not { Count: > 0 })
        {
            return null;
        }

        var contract = new Contract([], null, null, [], []);
        foreach (DictionaryEntry entry in expect)
        {
            var part = Array.Find(Parts, name => name.Equals($"{entry.Key}", StringComparison.OrdinalIgnoreCase))
                ?? throw ConditionErrors.ContractPartUnknown($"{entry.Key}", Parts);
            var values = Values(entry.Value).ToList();
            if (values.Count == 0)
            {
                throw ConditionErrors.ContractNotUsable(part, "",
                    "it is empty, such as a variable without a value; leave it out for no check");
            }

            contract = values.Aggregate(contract, (so, text) => part switch
            {
                "Columns" => so with { Columns = [.. so.Columns, Column(text)] },
                "Rows" => so.WithRows(text),
                "Fresh" => so with { Conditions = [.. so.Conditions, (text, Figure("Fresh", text, text, "max"))] },
                _ => so.WithTotal(text),
            });
        }

        return contract;
    }

    /// <summary>What a run of a task looks at: its contract, and the totals of the columns that are added up; null for neither.</summary>
    /// <exception cref="ReportException">ContractPartUnknown, ContractNotUsable.</exception>
    public static Contract? Of(ReportTask task)
    {
        var noted = SummedColumns(task).Select(column => TotalOf(column)).ToList();
        return noted.Count == 0 ? Of(task.Expect) : (Of(task.Expect) ?? new Contract([], null, null, [], [])) with { Noted = noted };
    }

    /// <summary>The columns of a task that are added up, as a contract names them.</summary>
    public static IEnumerable<string> SummedColumns(ReportTask task) => task.Datasets.SelectMany(dataset => dataset.Columns)
        .Where(column => column.Total.HasFlag(ColumnTotal.Sum)).Select(column => Quoted(column.Name))
        .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The figure that a contract means by the total of a column.</summary>
    public static ConditionTerm.Figure TotalOf(string column) => Total(column, $"{column} >= 0").Figures().First();

    private static string Quoted(string name) =>
        Word().IsMatch(name) && !name.Equals("rows", StringComparison.OrdinalIgnoreCase) ? name
            : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static IEnumerable<string> Values(object? value) => value switch
    {
        null => [],
        IEnumerable several and not string =>
            several.Cast<object?>().Select(each => Convert.ToString(each, CultureInfo.InvariantCulture) ?? ""),
        _ => [Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""],
    };

    private static (string Name, string? Kind) Column(string text)
    {
        var colon = text.LastIndexOf(':');
        var (name, kind) = colon < 0 ? (text.Trim(), null) : (text[..colon].Trim(), text[(colon + 1)..].Trim());
        return name.Length == 0 ? throw ConditionErrors.ContractNotUsable("Columns", text,
            "it names no column; give a name, or a name and a type such as 'id:int'")
            : kind is not null && ContractKind.Find(kind) is null ? throw ConditionErrors.ContractNotUsable("Columns", text,
                $"'{kind}' is not a type; give one of {string.Join(", ", ContractKind.Names)}")
            : (name, kind);
    }

    private Contract WithRows(string text)
    {
        var match = Range().Match(text);
        var (min, max) = (Number(match, "min"), Number(match, "max"));
        if (!match.Success || (min is null && max is null) || max < min)
        {
            throw ConditionErrors.ContractNotUsable("Rows", text,
                "it is no range of rows; give one such as '1..50000', '1..', '..100' or a number");
        }

        return this with { MinRows = min, MaxRows = match.Groups["dots"].Success ? max : min };
    }

    private static long? Number(Match match, string group) =>
        match.Groups[group] is { Success: true, Length: > 0 } digits
            && long.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private Contract WithTotal(string text)
    {
        var match = Drift().Match(text);
        if (!match.Success)
        {
            return this with { Conditions = [.. Conditions, (text, Total(text, text))] };
        }

        var much =
            decimal.TryParse(match.Groups["much"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number : throw ConditionErrors.ContractNotUsable("Total", text, "the number is too large");
        var figure = Total(text, $"{match.Groups["figure"].Value.Trim()} >= 0").Figures().First();
        return this with { Drifts = [.. Drifts, new ContractDrift(text, figure, much, match.Groups["percent"].Success)] };
    }

    private static Condition Total(string shown, string text) => Figure("Total", shown, text, "total");

    /// <summary>A condition in which a column alone stands for a figure of it, as in <c>day &gt;= yesterday</c>.</summary>
    private static Condition Figure(string part, string shown, string text, string function)
    {
        var match = Alone().Match(text);
        var isRows = match.Success && match.Groups["column"].Value.ToUpperInvariant() is "ROWS";
        return Condition.Parse(text,
            match.Success && !isRows ? $"{function}({match.Groups["column"].Value}) {text[match.Length..]}" : text,
            // the place of the mistake is one in a text that nobody wrote
            (_, why) => ConditionErrors.ContractNotUsable(part, shown, $"{why}{(why.EndsWith('?') ? " Give" : "; give")} {Form(part)}"));
    }

    private static string Form(string part) => part == "Fresh"
        ? "a date to compare with, such as 'day >= yesterday'"
        : "a number to compare with, such as 'amount > 0', or how near the total stays to the last one, "
            + "such as 'amount within 20% of last'";

    [GeneratedRegex(@"^\s*(?:(?<min>\d+)?\s*(?<dots>\.\.)\s*(?<max>\d+)?|(?<min>\d+))\s*$")]
    private static partial Regex Range();

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{M}\d_]*$")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?<figure>.+?)\s+within\s+(?<much>\d+(?:\.\d+)?)\s*(?<percent>%)?\s+of\s+last\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Drift();

    [GeneratedRegex(@"^\s*(?<column>[\p{L}_][\p{L}\p{M}\d_]*|""(?:[^""]|"""")+""|\[(?:[^\]]|\]\])+\])\s*(?=<|>|=|!)")]
    private static partial Regex Alone();
}
