using System.Collections.Specialized;

namespace ReportScheduler.Runs;

/// <summary>What others may ask of a runner from any thread.</summary>
internal interface IRunRequests
{
    /// <summary>Claims what is due, to be run as soon as possible, and tries waiting mail again.</summary>
    IReadOnlyList<ReportRun> RequestDue();

    /// <summary>Makes a run of its own, to be run as soon as possible.</summary>
    /// <param name="task">What to run.</param>
    /// <param name="parameters">Values that take the place of the task's; null for none.</param>
    /// <param name="mark">What makes the request the same one when it comes again, to any runner of the store; null for none.</param>
    /// <returns>The run, or that of the same request.</returns>
    /// <exception cref="ReportException">RequestDiffers.</exception>
    ReportRun RequestRun(ReportTask task, OrderedDictionary? parameters, RequestMark? mark);

    /// <summary>Whether the runner does its work.</summary>
    RunnerHealth Health { get; }

    RunnerCounts Count();
}
