namespace ReportScheduler.Conditions;

/// <summary>A condition as it was understood.</summary>
internal abstract record ConditionNode
{
    internal sealed record Either(ConditionNode Left, ConditionNode Right) : ConditionNode;

    internal sealed record Both(ConditionNode Left, ConditionNode Right) : ConditionNode;

    internal sealed record Not(ConditionNode Operand) : ConditionNode;

    /// <summary>Two values and what they must be to each other: &lt;, &lt;=, =, &lt;&gt;, &gt;= or &gt;.</summary>
    internal sealed record Comparison(ConditionTerm Left, string Sign, ConditionTerm Right) : ConditionNode;

    /// <summary>The comparisons, from left to right.</summary>
    public IEnumerable<Comparison> Comparisons() => this switch
    {
        Either either => either.Left.Comparisons().Concat(either.Right.Comparisons()),
        Both both => both.Left.Comparisons().Concat(both.Right.Comparisons()),
        Not not => not.Operand.Comparisons(),
        Comparison comparison => [comparison],
        _ => [],
    };
}
