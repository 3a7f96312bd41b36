namespace ReportScheduler.Rows;

/// <summary>A source that has places for so many reports at once.</summary>
/// <param name="Source">What names it among all sources.</param>
/// <param name="Most">So many places.</param>
internal sealed record SourcePlaces(string Source, int Most);
