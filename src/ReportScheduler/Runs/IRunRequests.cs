using System.Collections.Specialized;
using ReportScheduler.Tasks;

namespace ReportScheduler.Runs;

/// <summary>What others may ask of a runner from any thread.</summary>
internal interface IRunRequests
{
    /// <summary>Claims what is due, to be run as soon as possible, and tries waiting mail again.</summary>
    IReadOnlyList<ReportRun> RequestDue();

    /// <summary>Makes a run of its own, to be run as soon as possible.</summary>
    /// <param name="task">What to run.</param>
    /// <param name="parameters">Values that take the place of the task's; null for none.</param>
    /// <param name="requestKey">What makes the request the same one when it comes again; null for none.</param>
    ReportRun RequestRun(ReportTask task, OrderedDictionary? parameters, string? requestKey);

    RunnerCounts Count();
}
