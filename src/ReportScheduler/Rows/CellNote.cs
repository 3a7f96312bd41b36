namespace ReportScheduler.Rows;

/// <summary>What a cell of a batch was in the last result.</summary>
/// <param name="Row">Its row in the batch, from 0.</param>
/// <param name="Column">The index of its column.</param>
/// <param name="Before">The value before.</param>
internal readonly record struct CellNote(int Row, int Column, Cell Before);
