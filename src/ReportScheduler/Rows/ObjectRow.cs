namespace ReportScheduler.Rows;

/// <summary>An object as a row.</summary>
/// <param name="Shape">What its properties are called.</param>
/// <param name="Values">Their values: null, a value that a cell can have, or <see cref="Unreadable"/>.</param>
internal sealed record ObjectRow(ObjectShape Shape, object?[] Values)
{
    /// <summary>Stands for the value of a property that cannot be read, such as the exit code of a process that still runs.</summary>
    public static readonly object Unreadable = new();
}
