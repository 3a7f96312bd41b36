using ReportScheduler.Rows.Spool;

namespace ReportScheduler.Splits;

/// <summary>A part of a split report that is to be made.</summary>
/// <param name="Part">What it is about.</param>
/// <param name="Keys">The keys whose rows it has.</param>
/// <param name="Orders">The task as each of its readers gets it: the first also brings the files to a folder. At least one.</param>
internal sealed record PlannedPart(SplitPart Part, IReadOnlyList<RowKey> Keys, IReadOnlyList<ReportTask> Orders)
{
    /// <summary>Formats, culture and options of its files.</summary>
    public ReportTask Task => Orders[0];
}
