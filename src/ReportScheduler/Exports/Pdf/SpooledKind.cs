namespace ReportScheduler.Exports.Pdf;

/// <summary>What a row of the table is: a row of the dataset, the head of a group of a level, or its totals.</summary>
/// <remarks>0 for a row; the level, and <see cref="Head"/> or <see cref="Totals"/> added to it.</remarks>
internal enum SpooledKind : byte
{
    Row = 0,
    Head = 64,
    Totals = 128,
}
