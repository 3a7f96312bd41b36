namespace ReportScheduler.Runs;

/// <summary>A run in a worker's hands.</summary>
/// <param name="Id">The run.</param>
/// <param name="Times">How many of the worker's threads have it: one that lost it may not have ended yet.</param>
/// <param name="Attempt">The newest attempt at it.</param>
/// <param name="Owner">The worker's name when it got that.</param>
internal sealed record HeldRun(string Id, int Times, int Attempt, string Owner);
