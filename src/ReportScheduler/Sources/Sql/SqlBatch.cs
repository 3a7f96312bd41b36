namespace ReportScheduler.Sources.Sql;

/// <summary>A part of a query text that goes to the server in one piece.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Times">How often it runs.</param>
/// <param name="Tokens">All of it, taken apart.</param>
/// <param name="Parameters">Where parameters may stand; variables of the text's own are left out.</param>
internal sealed record SqlBatch(string Text, int Times, IReadOnlyList<SqlToken> Tokens, IReadOnlyList<SqlToken> Parameters)
{
    /// <summary>Names of parameters without which it cannot run.</summary>
    public required IReadOnlySet<string> Needed { get; init; }

    /// <summary>Names that stand where no token is, such as sql:variable("@name") in an XQuery.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>The parameter as the text spells it, each way once.</summary>
    public IEnumerable<string> Spellings(string name) =>
        Parameters.Select(token => token.Text).Concat(Hidden).Where(spelled => spelled.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal);
}
