namespace ReportScheduler.Runs;

/// <summary>How much a line of a runner asks for attention.</summary>
internal enum RunnerEventLevel
{
    /// <summary>As it should be.</summary>
    Information,

    /// <summary>Somebody may want to look at it.</summary>
    Warning,

    /// <summary>A report did not reach everybody, or the runner could not do its work.</summary>
    Error,
}
