using ReportScheduler.Exports.Preview;

namespace ReportScheduler.Delivery.Mail;

/// <summary>What of a dataset stands in a mail.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Columns">The places of the columns.</param>
/// <param name="Rows">How many of its first rows.</param>
internal sealed record MailExcerpt(DatasetPreview Dataset, IReadOnlyList<int> Columns, int Rows)
{
    private const int ColumnsBesideFiles = 6;

    /// <summary>How many columns the mail does not show.</summary>
    public int MoreColumns => Dataset.Columns.Count - Columns.Count;

    /// <summary>Whether rows are left out above totals of all: without a sign they would read as those of the rows
    /// that are shown.</summary>
    public bool HasGap => Rows < Dataset.Rows && (Dataset.Groups.Count > 0 || Totals.Count > 0);

    /// <summary>The lines below the rows; empty when no column asks for a total.</summary>
    public IReadOnlyList<string?[]> Totals => Dataset.Totals;

    public static MailExcerpt Of(ReportTask task, DatasetPreview dataset, bool hasFiles)
    {
        var asked = task.MailColumns
            .Select(name => dataset.Columns.ToList().FindIndex(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .Where(place => place >= 0).Distinct().ToList();
        var columns = asked.Count > 0
            ? asked
            : Enumerable.Range(0, hasFiles ? Math.Min(dataset.Columns.Count, ColumnsBesideFiles) : dataset.Columns.Count);
        var rows = task.MailRows ?? (hasFiles ? PreviewRows.RowsBesideFiles : PreviewRows.Limit);
        return new MailExcerpt(dataset, [.. columns],
            dataset.Rows <= PreviewRows.AndAFew(rows) ? dataset.FirstRows.Count : Math.Min(rows, dataset.FirstRows.Count));
    }
}
