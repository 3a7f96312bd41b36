namespace ReportScheduler.Conditions;

/// <summary>What a condition asks about a result.</summary>
internal enum ConditionFunction
{
    /// <summary>The number of rows.</summary>
    Rows,

    /// <summary>How many rows are new since the last result that was delivered.</summary>
    Added,

    /// <summary>How many are gone.</summary>
    Removed,

    /// <summary>How many have another value somewhere.</summary>
    Changed,

    /// <summary>The sum of a column.</summary>
    Total,

    /// <summary>Its average.</summary>
    Average,

    /// <summary>How many values it has.</summary>
    Count,

    /// <summary>The smallest.</summary>
    Minimum,

    /// <summary>The largest.</summary>
    Maximum,

    /// <summary>How many different ones.</summary>
    Distinct,
}
