using ReportScheduler.Rows;

namespace ReportScheduler.Sources.Sql;

/// <summary>A batch as it is sent.</summary>
/// <param name="Sql">The text.</param>
/// <param name="Parameters">The parameters that it mentions.</param>
internal sealed record BoundBatch(string Sql, IReadOnlyList<ReportParameter> Parameters);
