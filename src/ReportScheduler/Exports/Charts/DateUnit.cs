namespace ReportScheduler.Exports.Charts;

/// <summary>How long a time a point of a chart stands for, from an instant to a year.</summary>
internal enum DateUnit
{
    Instant,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}
