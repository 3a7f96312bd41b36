using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Sql;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Completes the names of columns: those that the query on the same line selects, and those that the newest run of the task
/// had.</summary>
public sealed class ColumnNameCompleter : NameCompleter, IArgumentCompleter
{
    private string? task;

    IEnumerable<CompletionResult> IArgumentCompleter.CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        task = FirstName(fakeBoundParameters);
        var selected = Complete(wordToComplete, Selected($"{fakeBoundParameters["Query"]}"));
        var found = selected.Concat(CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters))
            .DistinctBy(offer => offer.ListItemText, StringComparer.OrdinalIgnoreCase).ToList();
        // with nothing to offer PowerShell offers the files of the folder
        return found.Count > 0 || wordToComplete.Length == 0 ? found : [new CompletionResult(wordToComplete)];
    }

    private protected override IEnumerable<string> Names(IReportStore store) =>
        task is not null && store.FindTask(task) is { } found
            ? store.GetRuns(new RunFilter { TaskId = found.Id, Limit = 1 }).SelectMany(run => run.ResultColumns)
                .Select(column => column[..column.LastIndexOf(':')])
            : [];

    /// <summary>The names of what a query selects, as far as it says them.</summary>
    private static IEnumerable<string> Selected(string query)
    {
        var (depth, isIn, last) = (0, false, default(SqlToken));
        foreach (var token in Tokens(query).TakeWhile(token => depth > 0 || !isIn || !token.Is("from")))
        {
            depth += token.IsSign('(') ? 1 : token.IsSign(')') ? -1 : 0;
            if (depth == 0 && isIn && token.IsSign(',') && last.IsName)
            {
                yield return last.Text.Trim('"', '[', ']', '`');
            }

            (isIn, last) = (isIn || token.Is("select"), token);
        }

        if (isIn && last.IsName && !last.Is("select"))
        {
            yield return last.Text.Trim('"', '[', ']', '`');
        }
    }

    private static IEnumerable<SqlToken> Tokens(string query)
    {
        try
        {
            return [.. DatabaseProviders.Named("Sqlite").Read(query).Batches.SelectMany(batch => batch.Tokens)];
        }
        catch (ReportException)
        {
            return [];
        }
    }
}
