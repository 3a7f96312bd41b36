using ReportScheduler.Rows;

namespace ReportScheduler.Changes;

/// <summary>Compares a result with the last one that was delivered while its rows are read.</summary>
/// <remarks>A dataset without the columns of the key is not compared, where another one has them.</remarks>
internal sealed class RowComparison : IRowWatcher, IDisposable
{
    private readonly string[] keyColumns;
    private readonly IBaseline? baseline;
    private readonly Func<string, string> keptAs;
    private readonly Action? remove;
    private readonly BaselineWriter writer;
    private readonly List<ChangedDataset> datasets = [];
    private readonly List<string> otherColumns = [];
    private ChangedDataset? current;
    private bool isComplete;

    /// <param name="keyColumns">The columns of the key.</param>
    /// <param name="path">Where the result is kept for the next comparison.</param>
    /// <param name="before">The file of the last result; null when there is none.</param>
    public RowComparison(string[] keyColumns, string path, string? before)
    {
        this.keyColumns = keyColumns;
        var last = before is null ? null : Baseline.Open(before, path + ".before");
        baseline = last;
        keptAs = dataset => dataset;
        var kept = new BaselineWriter(path);
        writer = kept;
        remove = () =>
        {
            if (!isComplete)
            {
                kept.Dispose();
                File.Delete(path);
            }

            last?.Dispose();
        };
    }

    /// <param name="keyColumns">The columns of the key.</param>
    /// <param name="baseline">The last result of a part of a split report; null when there is none.</param>
    /// <param name="writer">Keeps the results of all parts; it stays the caller's.</param>
    /// <param name="keptAs">What a dataset of the part is called there.</param>
    public RowComparison(string[] keyColumns, IBaseline? baseline, BaselineWriter writer, Func<string, string> keptAs) =>
        (this.keyColumns, this.baseline, this.writer, this.keptAs) = (keyColumns, baseline, writer, keptAs);

    public IReadOnlyList<ChangedDataset> Datasets => datasets;

    /// <summary>Gives for a dataset what finds the rows of servers that did not answer; null where all did.</summary>
    public Func<string, Func<IReadOnlyList<Cell>, bool>?>? Missing { get; set; }

    /// <summary>Whether nobody is to see a column of a dataset; null where all are shown.</summary>
    public Func<string, string, bool>? Hidden { get; set; }

    /// <summary>There is nothing to compare with.</summary>
    public bool IsFirst => datasets.TrueForAll(dataset => dataset.IsFirst);

    /// <summary>Datasets that could not be compared because the last result had other columns.</summary>
    public bool IsAnew => baseline is not null && datasets.Exists(dataset => dataset.IsFirst);

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        End();
        int[] keys = [.. keyColumns.Select(
            key => columns.FirstOrDefault(column => column.Name.Equals(key, StringComparison.OrdinalIgnoreCase))?.Index ?? -1)];
        if (keys.Contains(-1))
        {
            otherColumns.AddRange(columns.Select(column => column.Name));
            return;
        }

        current =
            new ChangedDataset(new BaselineHead(dataset, [.. columns.Select(column => column.Name)], keys), columns, baseline, writer,
                keptAs(dataset), Missing?.Invoke(dataset), Hidden is { } hidden ? column => hidden(dataset, column) : null);
        datasets.Add(current);
    }

    public void Take(RowBatch batch) => current?.Take(batch);

    /// <summary>All rows were read.</summary>
    /// <exception cref="ReportException">KeyColumnUnknown: no dataset has the columns of the key.</exception>
    public void Complete()
    {
        End();
        if (datasets.Count == 0)
        {
            throw ChangeErrors.KeyColumnUnknown(
                keyColumns.FirstOrDefault(key => !otherColumns.Contains(key, StringComparer.OrdinalIgnoreCase)) ?? keyColumns[0],
                [.. otherColumns.Distinct(StringComparer.OrdinalIgnoreCase)]);
        }

        if (remove is not null)
        {
            writer.Complete();
            isComplete = true;
        }
    }

    public void Dispose()
    {
        remove?.Invoke();
        datasets.ForEach(dataset => dataset.Dispose());
    }

    private void End()
    {
        current?.End();
        current = null;
    }
}
