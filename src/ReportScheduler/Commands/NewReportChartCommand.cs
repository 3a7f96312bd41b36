using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Describes a chart of a dataset.</summary>
/// <remarks>Give the result to -Chart of New-ReportDataset or New-ReportTask. Rows of the
/// same name or day are added up, and the chart notes that.</remarks>
/// <example>
/// <code>New-ReportChart Bar region amount -Title 'Sales per region'</code>
/// <para>Bars of the column amount, one for each region.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportChart")]
[OutputType(typeof(ReportChart))]
public sealed class NewReportChartCommand : PartCommand
{
    /// <summary>The shape: Bar, Line or Pie.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(ChartKind))]
    public ChartKind Kind { get; set; }

    /// <summary>The column along the axis, or the name of each slice. Default: the first column that is no number.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? X { get; set; }

    /// <summary>The columns that are drawn. Default: the first column of numbers.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Y { get; set; }

    /// <summary>The heading. Default: the name of the report, or of the dataset where there are several.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Title { get; set; }

    private protected override object Make() => new ReportChart
    {
        Kind = Kind,
        X = string.IsNullOrEmpty(X) ? null : X,
        Y = Y ?? [],
        Title = string.IsNullOrEmpty(Title) ? null : Title,
    };
}
