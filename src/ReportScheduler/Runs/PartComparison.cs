using System.Globalization;
using ReportScheduler.Changes;
using ReportScheduler.Conditions;
using ReportScheduler.Exports;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;
using ReportScheduler.Splits;
using ReportScheduler.Time;
using ReportScheduler.Words;

namespace ReportScheduler.Runs;

/// <summary>Compares each part of a split report with the last one that its readers got, and keeps all of them for the next run.</summary>
/// <remarks>A row whose key of the split is another one now is gone in one part and new in the other.</remarks>
internal sealed class PartComparison : IPartComparison, IDisposable
{
    private readonly ReportTask task;
    private readonly ReportRun run;
    private readonly TimeZoneInfo zone;
    private readonly Action<string> warn;
    private readonly string path;
    private readonly PartBaselines? last;
    private readonly BaselineWriter writer;
    private readonly Condition? condition;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> sent = new(StringComparer.Ordinal);
    private RowComparison? current;
    private ConditionWatch? watch;
    private string key = "";
    private bool isAgain;
    private bool isComplete;
    private (long Parts, long Rows, long Removed, long Other) found;

    /// <param name="task">The task.</param>
    /// <param name="run">The run, which says what was found.</param>
    /// <param name="zone">The zone of the task.</param>
    /// <param name="warn">Gets what is worth knowing.</param>
    /// <param name="path">Where the results are kept for the next comparison.</param>
    /// <param name="last">The last results; null when there are none.</param>
    public PartComparison(ReportTask task, ReportRun run, TimeZoneInfo zone, Action<string> warn, string path, PartBaselines? last)
    {
        (this.task, this.run, this.zone, this.warn, this.path, this.last) = (task, run, zone, warn, path, last);
        condition = Condition.OfSendWhen(task.SendWhen) is { AsksForChanges: true } asked ? asked : null;
        writer = new BaselineWriter(path);
    }

    /// <summary>Whether -SendWhen is asked of each part and not of the whole.</summary>
    public bool AsksEachPart => condition is not null;

    public bool IsSent => condition is null || sent.Count > 0;

    /// <summary>Gives for a dataset what finds the rows of servers that did not answer; null where all did.</summary>
    public Func<string, Func<IReadOnlyList<Cell>, bool>?>? Missing { get; set; }

    public string? Changes { get; private set; }

    public IReadOnlyList<RowKey> Gone(RowKeys keys, Func<string, bool>? isWanted) => last is null
        ? []
        : [.. last.Keys.Where(had => had != SplitPart.Unmatched && !keys.Has(had) && isWanted?.Invoke(had) != false && !IsMissing(had))
            .Select(had => new RowKey(had) { First = First(keys, had) })];

    public IRowWatcher Begin(string part)
    {
        current?.Dispose();
        key = part;
        isAgain = !seen.Add(part);
        var role = isAgain ? PartSectionRole.Again : PartSectionRole.Now;
        current = new RowComparison(task.KeyColumn, last?.Of(part), writer, dataset => Name(role, dataset))
        {
            Missing = Missing,
            Hidden = RunChanges.Hidden(task),
        };
        watch = condition is null ? null : new ConditionWatch(condition, current);
        return WatcherPair.Of(watch, current)!;
    }

    public bool End(ReportExport export, CancellationToken cancel)
    {
        var comparison = current!;
        try
        {
            RunChanges.End(task, run, comparison, export, warn, cancel);
        }
        catch (ReportException problem)
        {
            throw problem.About($"The part '{key}' could not be made, so nothing was sent");
        }

        var isWanted = watch is null || new ConditionVerdict(watch.Condition, watch, run.DueAt, zone).Holds();
        if (isWanted)
        {
            sent.Add(key);
        }

        if (!isAgain)
        {
            Note(comparison, isWanted);
        }

        return isWanted;
    }

    public void Complete(Func<string, bool>? isWanted)
    {
        // who got nothing because nobody asked for the part, or its servers did not answer, has what was there before
        foreach (var other in last?.Keys.Where(had => !seen.Contains(had) && (isWanted?.Invoke(had) == false || IsMissing(had))) ?? [])
        {
            last!.Copy(other, PartSectionRole.Now, writer);
            Mark(PartSectionRole.Same, other);
        }

        writer.Complete();
        isComplete = true;
        (run.Changes, Changes) = (In(CultureInfo.InvariantCulture), In(ReportCulture.Of(task.Culture)));
        if (condition is not null)
        {
            run.ConditionText = task.SendWhen;
            run.Condition = $"'{task.SendWhen}' is true for {sent.Count} of {seen.Count} parts";
        }
    }

    public void Dispose()
    {
        current?.Dispose();
        if (!isComplete)
        {
            writer.Dispose();
            File.Delete(path);
        }

        last?.Dispose();
    }

    private string In(CultureInfo culture)
    {
        var sentence = new ChangeSentence(task, run, ReportWords.Of(culture));
        return last is null ? sentence.First() : sentence.OfParts(seen.Count, found.Parts, found.Rows, found.Removed, found.Other);
    }

    private void Note(RowComparison comparison, bool isWanted)
    {
        var (added, removed, changed) = (comparison.Datasets.Where(dataset => !dataset.IsFirst).Sum(dataset => dataset.Added),
            comparison.Datasets.Sum(dataset => dataset.Removed), comparison.Datasets.Sum(dataset => dataset.Changed));
        var isSame = !comparison.Datasets.Any(dataset => dataset.IsFirst) && added + removed + changed == 0;
        found = (found.Parts + (isSame ? 0 : 1), found.Rows + added, found.Removed + removed, found.Other + changed);
        if (isSame)
        {
            Mark(PartSectionRole.Same, key);
            return;
        }

        last?.Copy(key, PartSectionRole.Before, writer);
        if (!isWanted)
        {
            Mark(PartSectionRole.Kept, key);
        }
    }

    private void Mark(PartSectionRole role, string part)
    {
        writer.Begin(new BaselineHead(new PartSectionName(role, task.SplitBy!, "", part).ToString(), [], []));
        writer.End();
    }

    private string Name(PartSectionRole role, string dataset) => new PartSectionName(role, task.SplitBy!, dataset, key).ToString();

    private bool IsMissing(string had) => Missing is not null && last!.HasOnly(had, Missing);

    /// <summary>The first row that a part had, with the columns of today; none where these are others.</summary>
    private List<KeyValuePair<SourceColumn, Cell>> First(RowKeys keys, string had)
    {
        var (head, row) = last!.First(had);
        var columns = keys.Datasets
            .FirstOrDefault(dataset => dataset.Dataset.Equals(head.Name, StringComparison.OrdinalIgnoreCase)).Columns;
        if (columns is null || !columns.Select(column => column.Name).SequenceEqual(head.Columns, StringComparer.OrdinalIgnoreCase))
        {
            return [];
        }

        var cells = new Cell[columns.Count];
        RowHash.Read(row, cells);
        return [.. columns.Select((column, i) => KeyValuePair.Create(column, cells[i]))];
    }
}
