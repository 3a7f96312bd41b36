namespace ReportScheduler.Exports.Pdf;

/// <summary>A row on the page that is drawn.</summary>
/// <param name="Laid">Its texts, in lines.</param>
/// <param name="Number">Its place in the table.</param>
/// <param name="Row">What it is.</param>
/// <param name="Level">Of which group: 0 for the outermost.</param>
internal readonly record struct BandRow(LaidRow Laid, long Number, RowKind Row, int Level);
