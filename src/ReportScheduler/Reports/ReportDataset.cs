namespace ReportScheduler;

/// <summary>One query of a report task with the look of its columns and its charts. It
/// becomes one worksheet, one PDF section, one CSV file.</summary>
public sealed class ReportDataset
{
    /// <summary>The name, unique in its task without regard to case; empty for the only
    /// dataset of a task, which is called like the task.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name of the report connection; null for the task's.</summary>
    public string? Connection { get; set; }

    /// <summary>Names of further connections whose rows are added; wildcards are allowed, also in <see cref="Connection"/>.</summary>
    public string[] FurtherConnections { get; set; } = [];

    /// <summary>Servers that take the place of the connection's own, one after the other; empty for its own.</summary>
    public string[] Server { get; set; } = [];

    /// <summary>The SQL text. Parameters are mentioned in it as @name.</summary>
    public string Query { get; set; } = "";

    /// <summary>The text of a PowerShell script whose objects are the rows, in place of a query; null for a query.</summary>
    public string? Script { get; set; }

    /// <summary>The modules that the script needs, imported before it runs.</summary>
    public string[] RequiredModule { get; set; } = [];

    /// <summary>The columns by which the rows are grouped, outermost first; empty for none.</summary>
    public string[] GroupBy { get; set; } = [];

    /// <summary>Each of the outermost groups begins on a page of its own, in the PDF and on paper.</summary>
    public bool PageBreakPerGroup { get; set; }

    /// <summary>Each of the outermost groups has a worksheet of its own.</summary>
    public bool SheetPerGroup { get; set; }

    /// <summary>What makes a matrix of the rows; null for none.</summary>
    public ReportPivot? Pivot { get; set; }

    /// <summary>Besides the matrix, the workbook has a pivot table of Excel's own, and the rows that both are made of.</summary>
    public bool NativePivot { get; set; }

    /// <summary>The columns that look different from what their values suggest.
    /// Columns that are not mentioned are shown as they are.</summary>
    public ReportColumn[] Columns { get; set; } = [];

    /// <summary>The charts, in order.</summary>
    public ReportChart[] Charts { get; set; } = [];

    /// <summary>The table of the task's template workbook that gets the rows; null when the template has one table only.</summary>
    public string? TableName { get; set; }

    /// <summary>The definition of a column; null when nothing is said about it.</summary>
    internal ReportColumn? Column(string name) =>
        Array.Find(Columns, column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The definition of a column, added when nothing was said about it before.</summary>
    internal ReportColumn AddColumn(string name)
    {
        if (Column(name) is { } known)
        {
            return known;
        }

        var added = new ReportColumn { Name = name };
        Columns = [.. Columns, added];
        return added;
    }

    /// <summary>A copy that later changes of this one do not reach.</summary>
    internal ReportDataset Copy()
    {
        var copy = (ReportDataset)MemberwiseClone();
        (copy.FurtherConnections, copy.Server) = ([.. FurtherConnections], [.. Server]);
        (copy.GroupBy, copy.RequiredModule, copy.Columns, copy.Charts) =
            ([.. GroupBy], [.. RequiredModule], [.. Columns.Select(column => column.Copy())], [.. Charts.Select(chart => chart.Copy())]);
        copy.Pivot = Pivot?.Copy();
        return copy;
    }

    /// <summary>The name, or the beginning of the query of a dataset without one.</summary>
    public override string ToString() => Name.Length > 0 ? Name : Script is null ? Shortened(Query) : Shortened(Script);

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..37] + "...";
}
