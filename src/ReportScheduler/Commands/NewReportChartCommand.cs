using System.Management.Automation;
using ReportScheduler.Definitions;

namespace ReportScheduler.Commands;

/// <summary>Describes a chart of a dataset.</summary>
/// <remarks>
/// <para>Give the result to -Chart of New-ReportDataset or New-ReportTask, or several of them. Rows of the same name or day are added
/// up, and the chart notes that. Of more than 16 names the 15 greatest are drawn and one bar for the others.</para>
/// <para>Dates are put together to days, weeks, months, quarters or years, so that at most 60 bars or 400 points remain.</para>
/// <para>PDF, HTML page, mail and workbook have the same chart; that of the workbook can be edited.</para>
/// </remarks>
/// <example>
/// <code>New-ReportChart Bar region amount -Title 'Sales per region'</code>
/// <para>Bars of the column amount, one for each region.</para>
/// </example>
/// <example>
/// <code>New-ReportChart StackedBar ordered amount -SeriesBy region -By Month -Target 100000 -ValueLabels</code>
/// <para>A bar for each month, made of the amounts of the regions, with a line at 100,000 and the sums above the bars.</para>
/// </example>
/// <example>
/// <code>New-ReportChart Bar month revenue -SecondAxis orders</code>
/// <para>Bars of the revenue and a line of the number of orders, which has an axis of its own at the right.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportChart")]
[OutputType(typeof(ReportChart))]
public sealed class NewReportChartCommand : PartCommand
{
    /// <summary>The shape: Bar, HorizontalBar, StackedBar, Line, Area or Pie. Bars with many or long names are drawn horizontally, and so
    /// is a pie of more than five slices. Several areas are stacked.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(ChartKind))]
    public ChartKind Kind { get; set; }

    /// <summary>The column along the axis, or the name of each slice. Default: the first column that is not a number.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? X { get; set; }

    /// <summary>The columns that are drawn. Default: the first column of numbers.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Y { get; set; }

    /// <summary>The heading. Default: the name of the report, or of the dataset where there are several.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Title { get; set; }

    /// <summary>The column each of whose values is a series: the year beside a month, or the region. The five greatest have a series
    /// each, and the others one together.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? SeriesBy { get; set; }

    /// <summary>What the dates along the axis are put together to: Hour, Day, Week, Month, Quarter or Year. Default: what leaves at most
    /// 60 bars or 400 points.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(ChartPeriod?))]
    public ChartPeriod? By { get; set; }

    /// <summary>A value at which a dashed line stands, such as what was planned.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(double?))]
    public double? Target { get; set; }

    /// <summary>The columns that are drawn as lines against an axis of their own at the right: for numbers of another size.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? SecondAxis { get; set; }

    /// <summary>Writes the values beside what is drawn, where there is room for them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter ValueLabels { get; set; }

    private protected override object Make()
    {
        var chart = new ReportChart
        {
            Kind = Kind,
            X = string.IsNullOrEmpty(X) ? null : X,
            Y = Y ?? [],
            Title = string.IsNullOrEmpty(Title) ? null : Title,
            SeriesBy = string.IsNullOrEmpty(SeriesBy) ? null : SeriesBy,
            By = By,
            Target = Target,
            SecondAxis = SecondAxis ?? [],
            ValueLabels = ValueLabels,
        };
        ChartRules.Check(chart);
        return chart;
    }
}
