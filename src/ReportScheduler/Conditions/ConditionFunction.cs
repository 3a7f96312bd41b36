namespace ReportScheduler.Conditions;

/// <summary>What a condition asks about a result.</summary>
internal enum ConditionFunction
{
    /// <summary>The number of rows.</summary>
    Rows,

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
