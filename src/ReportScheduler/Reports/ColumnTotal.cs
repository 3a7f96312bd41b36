namespace ReportScheduler;

/// <summary>What is shown below a column.</summary>
public enum ColumnTotal
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The sum of its numbers or times.</summary>
    Sum,

    /// <summary>The average of its numbers or times.</summary>
    Average,

    /// <summary>How many rows have a value.</summary>
    Count,
}
