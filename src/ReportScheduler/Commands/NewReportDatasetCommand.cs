using System.Management.Automation;
using ReportScheduler.Sources;

namespace ReportScheduler.Commands;

/// <summary>Describes one query of a report, with the look of its columns and its chart.</summary>
/// <remarks>Give the results to -Dataset of New-ReportTask or Set-ReportTask. Each becomes a worksheet, a PDF section or a file of its own, and may read another database than the others.</remarks>
/// <example>
/// <code>New-ReportTask 'Weekly sales' -Cron '0 9 * * MON' -To boss@example.com -Format Excel, Pdf -Dataset @(
///     New-ReportDataset Orders shop 'select region, product, amount from orders' -Column (New-ReportColumn amount -Total sum) -Chart (New-ReportChart Bar region amount)
///     New-ReportDataset Returns warehouse 'select region, count(*) as returns from returns group by region'
/// )</code>
/// <para>A report with two worksheets from two databases.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportDataset")]
[OutputType(typeof(ReportDataset))]
public sealed class NewReportDatasetCommand : PartCommand
{
    /// <summary>The name, unique in its report without regard to case.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The name of the report connection. Default: that of the report.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string? Connection { get; set; }

    /// <summary>The SQL text. Parameters are mentioned in it as @name.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    public string? Query { get; set; }

    /// <summary>A file with the SQL text. The text is stored, not the path.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? QueryPath { get; set; }

    /// <summary>The columns by which the rows are grouped, outermost first. They are kept with the report; this version does not yet lay out groups.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? GroupBy { get; set; }

    /// <summary>How columns look, from New-ReportColumn. Columns that are not mentioned are shown as they are.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnTransformation]
    [AllowEmptyCollection]
    public ReportColumn[]? Column { get; set; }

    /// <summary>A chart: Bar, Line or Pie, or what New-ReportChart gives.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ChartTransformation]
    [ArgumentCompleter(typeof(ChartKindCompleter))]
    public ReportChart? Chart { get; set; }

    /// <summary>The table of the -Template workbook that gets the rows. Not needed where the workbook has one table.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? TableName { get; set; }

    private protected override object Make() => new ReportDataset
    {
        Name = Name,
        Connection = string.IsNullOrWhiteSpace(Connection) ? null : Connection,
        Query = Sql(),
        GroupBy = GroupBy ?? [],
        Columns = [.. Column ?? []],
        Charts = Chart is null ? [] : [Chart],
        TableName = string.IsNullOrWhiteSpace(TableName) ? null : TableName,
    };

    private string Sql()
    {
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
