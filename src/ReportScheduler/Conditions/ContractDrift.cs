namespace ReportScheduler.Conditions;

/// <summary>A figure that stays near that of the last result.</summary>
/// <param name="Text">The words that said so.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Much">How far it may be away.</param>
/// <param name="IsPercent">Whether that is in percent of the last one.</param>
internal sealed record ContractDrift(string Text, ConditionTerm.Figure Figure, decimal Much, bool IsPercent);
