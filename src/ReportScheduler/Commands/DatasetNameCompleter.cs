using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the names of datasets; of one task where its name is given.</summary>
public sealed class DatasetNameCompleter : NameCompleter, IArgumentCompleter
{
    private string? task;

    IEnumerable<CompletionResult> IArgumentCompleter.CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        task = FirstName(fakeBoundParameters);
        return CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
    }

    private protected override IEnumerable<string> Names(IReportStore store) =>
        (task is null ? store.GetTasks() : store.FindTask(task) is { } found ? [found] : [])
            .SelectMany(each => each.Datasets.Select(each.NameOf)).Distinct(StringComparer.OrdinalIgnoreCase);
}
