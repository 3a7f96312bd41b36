using ReportScheduler.Definitions;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>What came of an import, in a line or two.</summary>
/// <param name="definitions">What the file had.</param>
/// <param name="changes">What was to be changed in the store.</param>
/// <param name="done">What was changed.</param>
/// <param name="failed">How many could not be changed; their errors were written.</param>
internal sealed class ImportSummary(ReportDefinitions definitions, IReadOnlyList<DefinitionChange> changes,
    IReadOnlyList<DefinitionChange> done, int failed)
{
    /// <param name="imported">The tasks that were made or changed, as the store has them now.</param>
    public IEnumerable<string> Lines(IReadOnlyList<ReportTask> imported)
    {
        int Same(string noun, int inFile) => inFile - changes.Count(change => change.Noun == noun && change.Kind != ChangeKind.Remove);
        (string Words, string What)[] parts =
        [
            ("Made", Counts(noun => Done(ChangeKind.Make, noun))),
            ("Changed", Counts(noun => Done(ChangeKind.Change, noun))),
            ("Removed", Counts(noun => Done(ChangeKind.Remove, noun))),
            ("The same already", Counts(noun => Same(noun, noun switch
            {
                DefinitionChange.Task => definitions.Tasks.Count,
                DefinitionChange.Connection => definitions.Connections.Count,
                DefinitionChange.Identity => definitions.Identities.Count,
                DefinitionChange.Theme => definitions.Themes.Count,
                _ => definitions.MailServers.Count,
            }))),
            ("Not imported, see the errors", failed == 0 ? "" : $"{failed}"),
        ];
        var said = parts.Where(part => part.What.Length > 0).Select(part => $"{part.Words}: {part.What}.").ToList();
        if (said.Count > 0)
        {
            yield return string.Join(' ', said);
        }

        var awake = imported.Where(task => task.NextRunAt is not null).OrderBy(task => task.NextRunAt).ToList();
        if (awake is [var first, ..])
        {
            yield return (awake.Count == 1
                ? "This task is enabled and runs at its times"
                : $"{awake.Count} of these tasks are enabled and run at their times")
                + " wherever a runner or the system looks for due reports; "
                + $"next is '{first.Name}', at {InstantText.Of(first.NextRunAt!.Value)}. Disable-ReportTask keeps a task from it; "
                + "Import-ReportTask -Disabled makes new ones that wait for Enable-ReportTask.";
        }
    }

    private static string Counts(Func<string, int> count) => EnglishText.List(
        from noun in (string[])[DefinitionChange.Task, DefinitionChange.Connection, DefinitionChange.MailServer, DefinitionChange.Identity,
            DefinitionChange.Theme]
        let number = count(noun)
        where number > 0
        select $"{number} {(number == 1 ? noun : noun == DefinitionChange.Identity ? "report identities" : noun + "s")}");

    private int Done(ChangeKind kind, string noun) => done.Count(change => change.Kind == kind && change.Noun == noun);
}
