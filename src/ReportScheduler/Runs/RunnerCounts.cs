namespace ReportScheduler.Runs;

/// <summary>A runner in figures.</summary>
/// <param name="Running">Runs going on.</param>
/// <param name="Waiting">Runs claimed or asked for that wait for their turn.</param>
/// <param name="Finished">Runs that ended since the runner started, by outcome.</param>
internal sealed record RunnerCounts(int Running, int Waiting, IReadOnlyDictionary<RunOutcome, long> Finished);
