namespace ReportScheduler.Exports.Pdf;

/// <summary>What a row of a table is.</summary>
internal enum RowKind : byte
{
    /// <summary>A row of the dataset.</summary>
    Data,

    /// <summary>The head of a group.</summary>
    Head,

    /// <summary>A line of totals of a group.</summary>
    Subtotal,

    /// <summary>A line of totals of all rows.</summary>
    Total,

    /// <summary>Says on top of a page which groups go on there.</summary>
    GoesOn,
}
