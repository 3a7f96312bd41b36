using System.Management.Automation.Runspaces;
using ReportScheduler.Rows;

namespace ReportScheduler.Commands.Scripts;

/// <summary>The script of a dataset as a source of rows. The text of the query is the script.</summary>
/// <param name="task">The task.</param>
/// <param name="dataset">Its dataset.</param>
/// <param name="note">What a test of the task says beside the columns; null for nothing.</param>
/// <param name="talk">Hears what the script says beside its objects.</param>
internal sealed class ScriptSource(ReportTask task, ReportDataset dataset, string? note, SourceTalk talk) : IRowSource
{
    public string Place => $"PowerShell {Runspace.DefaultRunspace?.Version ?? Environment.Version}";

    public IRowResults Query(RowQuery query, CancellationToken cancel)
    {
        var run = new ScriptRun(task.NameOf(dataset), dataset.RequiredModule, talk, cancel);
        try
        {
            run.Start(query.Text, query.Parameters);
            var objects = new ObjectResults(run.Objects, dataset.Columns.Select(column => column.Name), talk.Warn, cancel);
            if (objects.IsEmpty && dataset.Columns.Length == 0)
            {
                talk.Warn?.Invoke($"The script of '{task.NameOf(dataset)}' returned no objects, so its columns are not known. "
                    + "-Column with New-ReportColumn names them for such a day.");
            }

            return new ScriptResults(objects, run);
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>The script is read and not run.</summary>
    public RowDescription Describe(RowQuery query, TimeZoneInfo zone, CancellationToken cancel)
    {
        ScriptText.Check(task.NameOf(dataset), query.Text);
        return new RowDescription(null, $"it is a script, which Invoke-ReportTask runs and this check does not{note}");
    }

    public void Dispose()
    {
    }

    /// <summary>The objects, and the script that gives them until they are read.</summary>
    private sealed class ScriptResults(ObjectResults objects, ScriptRun run) : IRowResults
    {
        public IRowReader Rows(TimeZoneInfo zone, Func<SourceColumn, string?>? formatOf = null) => objects.Rows(zone, formatOf);

        public bool Next() => objects.Next();

        public void Dispose() => run.Dispose();
    }
}
