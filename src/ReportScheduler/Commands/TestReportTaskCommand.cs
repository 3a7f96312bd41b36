using System.Collections.Specialized;
using System.Management.Automation;
using ReportScheduler.Commands.Scripts;
using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Tries what report tasks need: definition, query, columns, mail server, folder and schedule.</summary>
/// <remarks>
/// Nothing is changed or sent. SQL Server describes the first result of the query (sp_describe_first_result_set) and PostgreSQL the
/// statements, and neither runs them; where PostgreSQL needs what an earlier statement makes, those before the first result run in a
/// transaction that is rolled back (sequences stay advanced). MySQL and MariaDB start the query in a read-only session and SQLite in a
/// transaction that is rolled back, and stop it before its rows are read. A query whose columns only a run can show is not run, and
/// the message has the reason. A script is read for mistakes and not run. One result a check, with Success and a Message; nothing is an
/// error here.
/// </remarks>
/// <example>
/// <code>Test-ReportTask 'Daily sales'</code>
/// <para>Shows what works and when the report will run.</para>
/// </example>
/// <example>
/// <code>Get-ReportTask | Test-ReportTask | Where-Object -Not Success</code>
/// <para>Shows what is wrong with any task.</para>
/// </example>
/// <example>
/// <code>Set-ReportTask 'Daily sales' -Expect (Test-ReportTask 'Daily sales' -Learn)</code>
/// <para>Expects of the next results what the last ten had in common.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ReportTask")]
[OutputType(typeof(TaskCheck), typeof(OrderedDictionary))]
public sealed class TestReportTaskCommand : TaskNameCommand, IDisposable
{
    private readonly StopSignal stop = new();

    /// <summary>Proposes what to expect of the report instead, from the last ten
    /// results in its history: for Set-ReportTask -Expect.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Learn { get; set; }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override StoreStop StoreStopping => stop.Store;

    private protected override void Process(ReportTask task)
    {
        if (Learn)
        {
            WriteObject(new RunContract(Store).Learn(task));
            return;
        }

        foreach (var check in new TaskProbe(Store, Store.Clock, [new ScriptSources(Store, byPerson: false).ForTest()]).Try(task,
            stop.Token))
        {
            if (check.Warning is { } warning)
            {
                WriteWarning($"{task.Name}: {warning}");
            }

            WriteObject(check);
        }
    }
}
