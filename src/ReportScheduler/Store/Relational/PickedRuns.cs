namespace ReportScheduler.Store.Relational;

/// <summary>Waiting runs that are locked, the oldest first.</summary>
/// <param name="Runs">The runs; IsAlone is 1 for one beside which no other one of its task may go on.</param>
/// <param name="IsMore">Whether more wait than were looked at.</param>
internal sealed record PickedRuns(List<(string Id, string TaskId, int IsAlone)> Runs, bool IsMore);
