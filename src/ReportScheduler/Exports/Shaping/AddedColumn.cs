namespace ReportScheduler.Exports.Shaping;

/// <summary>A column that is worked out from another one.</summary>
/// <param name="Source">The place of the other one in the rows.</param>
/// <param name="Levels">Of how many levels the group is whose rows count together; 0 for all rows.</param>
/// <param name="IsShare">Whether it is a share of what the rows come to; else it is what the rows up to this one come to.</param>
internal sealed record AddedColumn(int Source, int Levels, bool IsShare);
