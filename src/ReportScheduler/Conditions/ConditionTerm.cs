using ReportScheduler.Rows;

namespace ReportScheduler.Conditions;

/// <summary>One side of a comparison: a figure of the result, or a fixed value.</summary>
internal abstract record ConditionTerm(string Text)
{
    /// <summary>A figure of the result, such as <c>max(lag_s)</c>.</summary>
    /// <param name="Text">As it was written.</param>
    /// <param name="Dataset">The dataset; null for the one that has the column, and for the rows of all.</param>
    /// <param name="Function">What is asked.</param>
    /// <param name="Column">The column; empty for rows.</param>
    internal sealed record Figure(string Text, string? Dataset, ConditionFunction Function, string Column) : ConditionTerm(Text)
    {
        /// <summary>What the column's aggregate keeps for it.</summary>
        public ColumnTotal Total => Function switch
        {
            ConditionFunction.Total => ColumnTotal.Sum,
            ConditionFunction.Average => ColumnTotal.Average,
            ConditionFunction.Count => ColumnTotal.Count,
            ConditionFunction.Minimum => ColumnTotal.Minimum,
            ConditionFunction.Maximum => ColumnTotal.Maximum,
            ConditionFunction.Distinct => ColumnTotal.Distinct,
            _ => ColumnTotal.None,
        };

        /// <summary>Whether it is a number whatever the column is.</summary>
        public bool IsCount => Function is ConditionFunction.Count or ConditionFunction.Distinct || Column.Length == 0;

        /// <summary>Whether it is about the last result too.</summary>
        public bool IsChange => Function is ConditionFunction.Added or ConditionFunction.Removed or ConditionFunction.Changed;
    }

    /// <summary>A number, a text, a relative date, or true or false.</summary>
    internal sealed record Fixed(string Text, object Value) : ConditionTerm(Text);
}
