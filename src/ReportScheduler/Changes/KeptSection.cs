namespace ReportScheduler.Changes;

/// <summary>The rows of a dataset in the last result of a part.</summary>
/// <param name="Head">The dataset, its columns and its key.</param>
/// <param name="Start">Where the first row begins.</param>
/// <param name="Count">How many rows there are.</param>
internal sealed record KeptSection(BaselineHead Head, long Start, long Count);
