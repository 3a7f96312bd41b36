namespace ReportScheduler;

/// <summary>Turns the rows of a dataset into a matrix: a line for each value of one
/// column, a column for each value of another one.</summary>
public sealed class ReportPivot
{
    /// <summary>The columns whose values make the lines.</summary>
    public string[] Rows { get; set; } = [];

    /// <summary>The column whose values make the columns.</summary>
    public string Columns { get; set; } = "";

    /// <summary>The column whose values stand where they meet; null to count rows.</summary>
    public string? Value { get; set; }

    /// <summary>What stands there of these values.</summary>
    public ColumnTotal Function { get; set; } = ColumnTotal.Sum;

    /// <summary>In words, as in messages.</summary>
    public override string ToString() =>
        $"{Function.ToString().ToLowerInvariant()} of {Value ?? "rows"} by {string.Join(", ", Rows)} and {Columns}";

    internal bool Names(string column) =>
        Rows.Append(Columns).Append(Value).Contains(column, StringComparer.OrdinalIgnoreCase);

    internal ReportPivot Copy()
    {
        var copy = (ReportPivot)MemberwiseClone();
        copy.Rows = [.. Rows];
        return copy;
    }
}
