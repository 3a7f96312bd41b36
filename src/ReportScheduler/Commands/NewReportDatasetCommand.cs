using System.Management.Automation;
using ReportScheduler.Commands.Scripts;
using ReportScheduler.Sources;

namespace ReportScheduler.Commands;

/// <summary>Describes one query or script of a report, with the look of its columns and its chart.</summary>
/// <remarks>Give the results to -Dataset of New-ReportTask or Set-ReportTask. Each becomes a worksheet, a PDF
/// section or a file of its own, and may read another database than the others.</remarks>
/// <example>
/// <code>New-ReportTask 'Weekly sales' -Cron '0 9 * * MON' -To boss@example.com -Format Excel, Pdf -Dataset @(
///     New-ReportDataset Orders shop 'select region, product, amount from orders' -Column (New-ReportColumn amount -Total sum) -Chart (New-ReportChart Bar region amount)
///     New-ReportDataset Returns warehouse 'select region, count(*) as returns from returns group by region'
/// )</code>
/// <para>A report with two worksheets from two databases.</para>
/// </example>
/// <example>
/// <code>New-ReportDataset Disks -Script { Get-Volume | Select-Object DriveLetter, SizeRemaining, Size }</code>
/// <para>A dataset whose rows are the objects of a script. See about_ReportScheduler_Scripts.</para>
/// </example>
/// <example>
/// <code>New-ReportDataset Sales shop 'select region, product, id, amount from sales order by region, product' -GroupBy region, product -Column (New-ReportColumn amount -Total sum, avg)</code>
/// <para>Sum and average of the amounts for each product, each region, and all rows.</para>
/// </example>
/// <example>
/// <code>New-ReportDataset Months shop 'select region, month, amount from sales' -Pivot @{ Rows = 'region'; Columns = 'month'; Value = 'amount'; Function = 'sum' }</code>
/// <para>A line for each region, a column for each month, and their totals.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportDataset")]
[OutputType(typeof(ReportDataset))]
public sealed class NewReportDatasetCommand : PartCommand
{
    /// <summary>The name, unique in its report without regard to case.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The name of the report connection, several names, or a wildcard such as 'prod-*': the query runs on
    /// each, and the column connection says where a row is from. Default: that of the report.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>Servers that take the place of the connection's own: the query runs on each of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Server { get; set; }

    /// <summary>The SQL text. Parameters are mentioned in it as @name.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    public string? Query { get; set; }

    /// <summary>A file with the SQL text. The text is stored, not the path.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? QueryPath { get; set; }

    /// <summary>A script block whose objects are the rows, in place of a query. It runs in a runspace of its own with
    /// the parameters of the report as variables; variables of this session are not there. Runners run it where
    /// Set-ReportSchedulerOption -AllowScript says so. See about_ReportScheduler_Scripts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ScriptTransformation]
    public object? Script { get; set; }

    /// <summary>The modules that the script needs, imported before it runs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? RequiredModule { get; set; }

    /// <summary>The columns by which the rows are grouped, outermost first, at most seven. In the workbook, the
    /// PDF, the HTML page and the mail each group begins with its value and ends with its totals, and these columns
    /// come first; CSV and JSON contain the rows without groups. Rows that arrive grouped keep their order and are
    /// streamed; otherwise up to 100,000 are sorted.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string[]? GroupBy { get; set; }

    /// <summary>Each of the outermost groups begins on a page of its own: in the PDF,
    /// and where the workbook or the HTML page is printed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PageBreakPerGroup { get; set; }

    /// <summary>Each of the outermost groups has a worksheet of its own, named after its value, and a last one has
    /// the totals of all. At most 250.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter SheetPerGroup { get; set; }

    /// <summary>Makes a matrix of the rows: @{ Rows = 'region'; Columns = 'month'; Value = 'amount'; Function = 'sum' }. A
    /// line for each value of Rows (one column or several), a column for each value of Columns (at most 200), and where they
    /// meet sum, avg, count, min, max or distinct of Value; a column and a line of totals. Columns of dates and
    /// numbers are sorted, those of texts stay in the order in which they appear. Count needs no Value.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PivotTransformation]
    public ReportPivot? Pivot { get; set; }

    /// <summary>Adds a pivot table of Excel's own to the workbook, on a worksheet beside the
    /// matrix, and behind it the rows themselves, which the pivot table reads. Needs -Pivot.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter NativePivot { get; set; }

    /// <summary>How columns look, from New-ReportColumn. Columns that are not mentioned are shown as they are.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnTransformation]
    [AllowEmptyCollection]
    public ReportColumn[]? Column { get; set; }

    /// <summary>The chart, or several: Bar, HorizontalBar, StackedBar, Line, Area or Pie, what New-ReportChart gives, or a table
    /// such as @{ Kind = 'Bar'; X = 'region'; Y = 'amount'; Target = 100 }.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ChartTransformation]
    [ArgumentCompleter(typeof(ChartKindCompleter))]
    public ReportChart[]? Chart { get; set; }

    /// <summary>The table of the -Template workbook that gets the rows. Not needed where the workbook has one table.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? TableName { get; set; }

    private protected override object Make() => new ReportDataset
    {
        Name = Name,
        Connection = Connection is [var first, ..] && !string.IsNullOrWhiteSpace(first) ? first : null,
        FurtherConnections = [.. (Connection ?? []).Skip(1)],
        Server = Server ?? [],
        Query = Sql(),
        Script = Code(),
        RequiredModule = RequiredModule ?? [],
        GroupBy = GroupBy ?? [],
        PageBreakPerGroup = PageBreakPerGroup,
        SheetPerGroup = SheetPerGroup,
        Pivot = Pivot?.Copy(),
        NativePivot = NativePivot,
        Columns = [.. Column ?? []],
        Charts = [.. (Chart ?? []).Select(chart => chart.Copy())],
        TableName = string.IsNullOrWhiteSpace(TableName) ? null : TableName,
    };

    private string? Code()
    {
        if (ScriptText.Of(Script) is not { Length: > 0 } script)
        {
            return null;
        }

        ScriptText.Check(Name, script);
        return script;
    }

    private string Sql()
    {
        if (ScriptText.Of(Script) is { Length: > 0 })
        {
            return string.IsNullOrEmpty(Query) && string.IsNullOrEmpty(QueryPath) ? "" : throw CommandErrors.DatasetQueryTwice(Name);
        }

        if (RequiredModule is { Length: > 0 })
        {
            throw CommandErrors.ModulesNeedScript(Name);
        }

        if (string.IsNullOrEmpty(QueryPath))
        {
            return string.IsNullOrWhiteSpace(Query) ? throw CommandErrors.DatasetNeedsQuery(Name) : Query;
        }

        if (!string.IsNullOrEmpty(Query))
        {
            throw CommandErrors.DatasetQueryTwice(Name);
        }

        var (sql, warning) = QueryFile.Read(SessionPath.Full(SessionState, QueryPath));
        if (warning is not null)
        {
            WriteWarning(warning);
        }

        return sql;
    }
}
