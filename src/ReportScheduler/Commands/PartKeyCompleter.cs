using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the keys of split reports, as the ledger of the newest runs has them; of one task where its name is given.</summary>
public sealed class PartKeyCompleter : NameCompleter, IArgumentCompleter
{
    private const int MostRuns = 20;

    private string? task;

    IEnumerable<CompletionResult> IArgumentCompleter.CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        task = FirstName(fakeBoundParameters);
        return CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
    }

    private protected override IEnumerable<(string Name, string About)> Offers(IReportStore store)
    {
        var id = task is null ? null : store.FindTask(task)?.Id;
        return store.GetRuns(new RunFilter { TaskId = id, Limit = MostRuns })
            .SelectMany(run => run.Deliveries.Where(delivery => delivery.Key is not null)
                .Select(delivery => (delivery.Key!, $"{delivery.Rows} rows of {run.TaskName}")))
            .DistinctBy(key => key.Item1, StringComparer.Ordinal);
    }
}
