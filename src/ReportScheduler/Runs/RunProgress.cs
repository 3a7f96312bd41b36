namespace ReportScheduler.Runs;

/// <summary>How far a run is.</summary>
/// <param name="Run">The run.</param>
/// <param name="Stage">What it is doing.</param>
/// <param name="Rows">The rows read so far, of all datasets.</param>
internal readonly record struct RunProgress(ReportRun Run, RunStage Stage, long Rows);
