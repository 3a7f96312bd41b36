namespace ReportScheduler.Conditions;

/// <summary>A word, sign or value of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A word or sign, or the value of what stands in quotes.</param>
/// <param name="Position">Where it begins, from 1.</param>
/// <param name="End">Where the next character is, from 0.</param>
internal sealed record ConditionToken(ConditionTokenKind Kind, string Text, int Position, int End);
