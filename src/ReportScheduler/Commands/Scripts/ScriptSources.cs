using ReportScheduler.Rows;
using ReportScheduler.Store;
using ReportScheduler.Stores;

namespace ReportScheduler.Commands.Scripts;

/// <summary>The scripts of datasets, as sources of rows. A script is code: a runner runs it only where the store allows that.</summary>
/// <param name="store">The store.</param>
/// <param name="byPerson">A person runs the reports by their names, now.</param>
internal sealed class ScriptSources(IReportStore store, bool byPerson) : IRowSources
{
    // -Recipients has scripts too, whose names are nobody's choice
    public string? KeyOf(ReportTask task, ReportDataset dataset) =>
        dataset.Script is null ? null : $"{task.NameOf(dataset)}\n{dataset.Script}";

    public IRowSource Open(ReportTask task, ReportDataset dataset, int retry, SourceTalk talk, CancellationToken cancel) =>
        byPerson || Refusal(task.NameOf(dataset)) is not { } refusal ? new ScriptSource(task, dataset, null, talk) : throw refusal;

    /// <summary>Scripts that are read and not run, for a test of tasks.</summary>
    public IRowSources ForTest() => new Untried(this);

    /// <summary>Why a runner of the store would not run the script of a dataset; null when it would.</summary>
    public ReportException? Refusal(string dataset) =>
        ReportStores.IsDatabase(store.Address) ? ScriptErrors.ScriptNotAllowedInDatabase(store.Address)
        : !store.IsThere || !store.GetOption().AllowScript ? ScriptErrors.ScriptNotAllowed(dataset)
        : null;

    private sealed class Untried(ScriptSources scripts) : IRowSources
    {
        public string? KeyOf(ReportTask task, ReportDataset dataset) => scripts.KeyOf(task, dataset);

        public IRowSource Open(ReportTask task, ReportDataset dataset, int retry, SourceTalk talk, CancellationToken cancel) =>
            new ScriptSource(task, dataset,
                scripts.Refusal(task.NameOf(dataset)) is { } refusal ? $". {refusal.Message.TrimEnd('.')}" : null, talk);
    }
}
