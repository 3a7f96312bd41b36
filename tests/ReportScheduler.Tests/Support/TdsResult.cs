namespace ReportScheduler.Tests.Support;

/// <summary>A result of a canned batch.</summary>
/// <param name="Columns">Name and values; the first value says the type.</param>
internal sealed record TdsResult(params (string Name, TdsValue[] Values)[] Columns)
{
    /// <summary>How many of the values are rows; with fewer, the rest says the type only.</summary>
    public int Rows { get; init; } = Columns[0].Values.Length;
}
