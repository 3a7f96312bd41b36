using ReportScheduler.Exports.Writing;

namespace ReportScheduler.Exports;

/// <summary>A writer that takes its steps one after another.</summary>
internal interface IWriterLane : IDisposable
{
    /// <summary>Whether programs read its files.</summary>
    bool IsData { get; }

    /// <summary>Whether each dataset has a file of its own.</summary>
    bool HasFilePerDataset { get; }

    /// <summary>The files, once the writer has completed them.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>Takes a step, or puts it behind the others.</summary>
    void Post(Action<IReportWriter> step);

    /// <summary>Completes the writer's files after the steps posted so far.</summary>
    void PostComplete(CancellationToken stop);

    /// <summary>Waits until all steps are taken, or the lane has failed or was stopped.</summary>
    void Join();
}
