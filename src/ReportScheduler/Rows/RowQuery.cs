namespace ReportScheduler.Rows;

/// <summary>What one run asks of a source.</summary>
/// <param name="Text">SQL, or whatever the source understands.</param>
/// <param name="Parameters">The values of this run.</param>
/// <param name="Timeout">What the task allows. The caller's token ends the query on
/// time; this is for a source that does not react to it.</param>
internal sealed record RowQuery(string Text, IReadOnlyList<ReportParameter> Parameters, TimeSpan Timeout);
