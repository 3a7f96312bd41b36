using System.Globalization;
using ReportScheduler.Exports;
using ReportScheduler.Rows;

namespace ReportScheduler.Runs;

/// <summary>The servers that gave a run no rows, over all its datasets.</summary>
internal sealed class RunGaps
{
    private const string Dataset = "Errors";
    private const int MostTold = 5;

    private readonly ReportTask task;
    private readonly ReportRun run;
    private readonly List<(string Dataset, SourceGap Gap)> gaps = [];

    /// <param name="task">The task.</param>
    /// <param name="run">The run, which gets their names; those of an earlier attempt are forgotten.</param>
    public RunGaps(ReportTask task, ReportRun run)
    {
        (this.task, this.run) = (task, run);
        (run.MissingConnections, run.MissingBecause) = ([], null);
    }

    /// <summary>Notes those of one result on the run, before anything of it is delivered.</summary>
    public void Take(string dataset, IRowResults results)
    {
        if (results is not IGatheredResults gathered)
        {
            return;
        }

        gaps.AddRange(gathered.Gaps.Select(gap => (dataset, gap)));
        run.MissingConnections = [.. gaps.Select(gap => Name(gap.Dataset, gap.Gap))];
        run.MissingBecause = gaps.Count == 0 ? null
            : string.Join("; ", gaps.Take(MostTold).Select(gap => $"{Name(gap.Dataset, gap.Gap)}: {gap.Gap.Error.TrimEnd('.')}"))
                + (gaps.Count > MostTold ? $"; and {gaps.Count - MostTold} more" : "");
    }

    /// <summary>What finds the rows of those servers in an earlier result of a dataset; null when all gave rows.</summary>
    public Func<IReadOnlyList<Cell>, bool>? RowsOf(string dataset)
    {
        var missing = gaps.Where(gap => gap.Dataset.Equals(dataset, StringComparison.OrdinalIgnoreCase)).Select(gap => gap.Gap.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        // the first column of such a result says where a row is from
        return missing.Count == 0 ? null : row => row[0].Kind == CellKind.Text && missing.Contains(row[0].Text);
    }

    /// <summary>Adds a dataset with them. A workbook of a person's own has no place for it.</summary>
    public void Complete(ReportExport export, CancellationToken cancel)
    {
        if (gaps.Count > 0 && task.Template is null)
        {
            List<SourceGap> named = [.. gaps.Select(gap => gap.Gap with { Name = Name(gap.Dataset, gap.Gap) })];
            var words = export.Document.Words;
            using var people = new GapResults(named, [words["errorsConnection"], words["errorsError"]]);
            using var programs = new GapResults(named);
            var name = FreeName();
            export.AddComparison(name, words["errors"] + name[Dataset.Length..], people, programs, cancel);
        }
    }

    private string Name(string dataset, SourceGap gap) => task.Datasets.Length == 1 ? gap.Name : $"{gap.Name} ({dataset})";

    private string FreeName() => Enumerable.Range(1, int.MaxValue - 1)
        .Select(number => number == 1 ? Dataset : string.Create(CultureInfo.InvariantCulture, $"{Dataset} {number}"))
        .First(name => !task.AllDatasets().Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
}
