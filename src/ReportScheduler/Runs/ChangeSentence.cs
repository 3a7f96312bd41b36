using System.Globalization;
using ReportScheduler.Changes;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Text;
using ReportScheduler.Time;
using ReportScheduler.Words;

namespace ReportScheduler.Runs;

/// <summary>Says in a language what is other than in the last result.</summary>
/// <param name="task">The task.</param>
/// <param name="run">The run.</param>
/// <param name="words">The language; the invariant culture's is that of the record of runs.</param>
internal sealed class ChangeSentence(ReportTask task, ReportRun run, ReportWords words)
{
    /// <summary>Of a report, or a part of one.</summary>
    public string Of(RowComparison comparison) => RunQuestion.IsOther(task, run) ? words["changesOther"]
        : Missing(List([.. comparison.Datasets.Select(dataset => (comparison.Datasets.Count > 1 ? $"{dataset.Name}: " : "") + (
            dataset.IsFirst
                ? words[comparison.IsAnew ? "changesAnew" : "changesFirst"]
                : Since(Counted(dataset.Added, dataset.Removed, dataset.Changed))))]));

    /// <summary>Of a report without earlier parts.</summary>
    public string First() => RunQuestion.IsOther(task, run) ? words["changesOther"] : Missing(words["changesFirst"]);

    /// <summary>Of all parts of a report.</summary>
    /// <param name="parts">How many there are.</param>
    /// <param name="others">How many of them have changes.</param>
    /// <param name="added">Rows that are new.</param>
    /// <param name="removed">Rows that are gone.</param>
    /// <param name="changed">Rows that are others.</param>
    public string OfParts(long parts, long others, long added, long removed, long changed) => RunQuestion.IsOther(task, run)
        ? words["changesOther"]
        : Missing(Since(words.Count("changesOfParts", others, Number(parts), Counted(added, removed, changed))));

    private string Counted(long added, long removed, long changed) => words.Count("changes", added, Number(removed), Number(changed));

    // when what is compared with was delivered
    private string Since(string text) => task.State.ResultDueAt is not { } at ? text
        : words.With("changesSince", text, words.Culture.Equals(CultureInfo.InvariantCulture)
            ? InstantText.Of(at, task.TimeZone)
            : DataTime.Text(Zones.Show(at, task.TimeZone), words.Culture));

    // what becomes of rows that are missing
    private string Missing(string text) => run.MissingConnections.Length == 0 ? text
        : words.With("changesMissing", text, List(run.MissingConnections));

    private string List(string[] items) => words.Language == "en" ? EnglishText.List(items)
        : items.Length < 2 ? string.Concat(items) : words.With("listAnd", words.List(items.SkipLast(1)), items[^1]);

    private string Number(long number) => number.ToString("N0", words.Culture);
}
