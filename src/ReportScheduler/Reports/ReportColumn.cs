namespace ReportScheduler;

/// <summary>How one column of a dataset looks in every format.</summary>
public sealed class ReportColumn
{
    /// <summary>The name that the query gives the column; case does not matter.</summary>
    public string Name { get; set; } = "";

    /// <summary>The text at the head of the column; null for its name.</summary>
    public string? Header { get; set; }

    /// <summary>The number format in Excel's notation, such as <c>#,##0.00</c> or
    /// <c>yyyy-mm-dd</c>, or the name of one; null for what suits the values.</summary>
    public string? Format { get; set; }

    /// <summary>What stands where a row has no value (NULL), outside CSV and JSON; empty
    /// text for nothing at all, null for the default of each format.</summary>
    public string? NullText { get; set; }

    /// <summary>The width in characters, above 0 and at most 255; null for what suits the values.</summary>
    public double? Width { get; set; }

    /// <summary>The column is queried but not shown.</summary>
    public bool Hidden { get; set; }

    /// <summary>What is shown below the column.</summary>
    public ColumnTotal Total { get; set; }

    /// <summary>A column beside it shows what the values come to up to each row; it begins again with each group.</summary>
    public bool RunningTotal { get; set; }

    /// <summary>A column beside it shows each value's share: of <c>total</c>, of the innermost <c>group</c>,
    /// or of the group of a column that the rows are grouped by; null for none.</summary>
    public string? ShareOf { get; set; }

    /// <summary>The rules that make its cells stand out, in order.</summary>
    public HighlightRule[] Highlight { get; set; } = [];

    internal ReportColumn Copy()
    {
        var copy = (ReportColumn)MemberwiseClone();
        copy.Highlight = [.. Highlight];
        return copy;
    }

    /// <summary>The name, as in messages.</summary>
    public override string ToString() => Name;
}
