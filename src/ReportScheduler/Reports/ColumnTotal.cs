namespace ReportScheduler;

/// <summary>What is shown below a column, and below each group of its rows; several can be asked for at once.</summary>
[Flags]
public enum ColumnTotal
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The sum of its numbers or times.</summary>
    Sum = 1,

    /// <summary>The average of its numbers or times.</summary>
    Average = 2,

    /// <summary>How many rows have a value.</summary>
    Count = 4,

    /// <summary>The smallest value, the earliest date, the first text in the order of its characters.</summary>
    Minimum = 8,

    /// <summary>The largest value, the latest date, the last text in the order of its characters.</summary>
    Maximum = 16,

    /// <summary>How many different values there are.</summary>
    Distinct = 32,
}
