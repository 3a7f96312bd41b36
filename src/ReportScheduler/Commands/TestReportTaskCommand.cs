using System.Management.Automation;
using ReportScheduler.Runs;
using ReportScheduler.Tasks;

namespace ReportScheduler.Commands;

/// <summary>Tries everything that report tasks need: definition, query, columns, mail server, folder and schedule.</summary>
/// <remarks>
/// Nothing is written or sent. The query is started, so that the server checks its text and its parameters, and stopped before
/// its rows are read. One result a check, with Success and a Message; nothing is an error here.
/// </remarks>
/// <example>
/// <code>Test-ReportTask 'Daily sales'</code>
/// <para>Shows what works and when the report will run.</para>
/// </example>
/// <example>
/// <code>Get-ReportTask | Test-ReportTask | Where-Object -Not Success</code>
/// <para>Shows what is wrong with any task.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ReportTask")]
[OutputType(typeof(TaskCheck))]
public sealed class TestReportTaskCommand : TaskNameCommand, IDisposable
{
    private readonly StopSignal stop = new();

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override void Process(ReportTask task)
    {
        foreach (var check in new TaskProbe(Store, TimeProvider.System).Try(task, stop.Token))
        {
            WriteObject(check);
        }
    }
}
