namespace ReportScheduler.Exports.Pdf;

/// <summary>Where in the rows of a section a page begins; the default is the first row.</summary>
/// <param name="Row">The number of the row, from zero; the totals count as the one after the last.</param>
/// <param name="Line">Its first line that is on the page: a row higher than a page goes on on the next.</param>
/// <param name="Offset">Where the row begins in the spool.</param>
/// <param name="Groups">The groups that go on here, as their heads say it; null for none.</param>
internal readonly record struct RowPlace(long Row, int Line, long Offset, string? Groups = null);
