using System.Management.Automation;
using ReportScheduler.Exports;

namespace ReportScheduler.Commands;

/// <summary>Defines how a column of a report looks.</summary>
/// <remarks>Give the result to -Column of New-ReportDataset or New-ReportTask.
/// Columns without a definition are shown as they are.</remarks>
/// <example>
/// <code>New-ReportColumn amount -Format '#,##0.00' -Total sum -Highlight 'less 0 red'</code>
/// <para>Two decimals, the sum below, and negative amounts in red.</para>
/// </example>
/// <example>
/// <code>New-ReportTask Orders shop -Query 'select id, customer, amount from orders' -Column (New-ReportColumn id -Hidden), (New-ReportColumn amount -Header 'Amount (EUR)' -Total sum) -Format Excel -To boss@example.com</code>
/// <para>A report with one query whose columns are defined.</para>
/// </example>
/// <example>
/// <code>New-ReportColumn amount -Total sum, avg, max -RunningTotal -ShareOf total</code>
/// <para>Three lines of totals below the amounts, and two columns beside them: the running total, and the share of the whole.</para>
/// </example>
/// <example>
/// <code>New-ReportColumn trend -Header 'Last 12 months' -Format sparkline</code>
/// <para>A small chart in each row, of a list that the query makes: select store, sum(amount) as amount,
/// string_agg(amount::text, ',' order by month) as trend from monthly group by store.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportColumn")]
[OutputType(typeof(ReportColumn))]
public sealed class NewReportColumnCommand : PartCommand
{
    /// <summary>The name that the query gives the column; case does not matter.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The text at the head of the column. Default: its name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Header { get; set; }

    /// <summary>The number format in Excel's notation, such as '#,##0.00' or 'yyyy-mm-dd', in every format of the
    /// report, or a name: currency EUR, percent, integer, date, duration, yesno or sparkline. sparkline, or sparkline
    /// bars, draws a list of numbers such as '3, 5, 4' (string_agg, array_agg) as a small chart. yesno shows true and false, and
    /// 1 and 0, as Yes and No in the language of -Culture (Arabic, Chinese, Czech, Dutch, English, French, German, Hebrew,
    /// Italian, Japanese, Persian, Polish, Portuguese, Spanish or Swedish; English for others, for which '"Ja";"Ja";"Nei"' gives words of one's own); a
    /// workbook has 1 and 0 that look so, and Booleans of its own without it. Text such as 'true' or '1', as SQLite may have it,
    /// stays as it is. SQLite returns dates from expressions, such as max(day) or date(day), as text: a date format turns
    /// them into dates.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Format { get; set; }

    /// <summary>What stands where a row has no value (NULL), such as 'n/a'. Default: a dash in PDF and mail, an empty
    /// cell in workbook and HTML page. '' leaves the cell empty. CSV and JSON have the empty value.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? NullText { get; set; }

    /// <summary>The width in characters. A workbook makes it wider where Excel would show ### for a number or a date.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(double?))]
    public double? Width { get; set; }

    /// <summary>The column is queried but not shown. A chart may still draw it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Hidden { get; set; }

    /// <summary>What is shown below the rows, and below each group of them: sum, avg, count, min, max or distinct (how many different
    /// values), or several of them, each on a line. NULL is left out. Text and dates have no sum and no average.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TotalCompleter))]
    [AllowEmptyCollection]
    public string[]? Total { get; set; }

    /// <summary>Adds a column beside it with the running total of its values. It restarts with each innermost group
    /// of -GroupBy. It is named after the column, with _running_total appended.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter RunningTotal { get; set; }

    /// <summary>Adds a column beside it with each value's share in percent: of total (all rows), of group (the innermost
    /// group of -GroupBy), or of the group of a column of -GroupBy. All rows have to be known first, so a dataset
    /// may have up to 100,000. It is named after the column, with _share appended.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ShareCompleter))]
    public string? ShareOf { get; set; }

    /// <summary>Rules that make cells stand out, such as 'greater 1000 green', 'less 0 red', 'between 1 5',
    /// "equal 'past due' orange", 'text Paris', 'top 10', 'databar', 'colorscale' or 'icons trafficlights'. A
    /// colour is red, orange, yellow, green, blue, purple, grey or #RRGGBB. The word row at the end colours the whole
    /// row: 'less 0 red row'.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Highlight { get; set; }

    private protected override object Make()
    {
        var dataset = new ReportDataset();
        var column = dataset.AddColumn(Name);
        (column.Header, column.Format, column.Width, column.Hidden) =
            (string.IsNullOrEmpty(Header) ? null : Header, string.IsNullOrEmpty(Format) ? null : Format, Width, Hidden);
        column.NullText = NullText;
        column.Total = TotalConversion.ToTotal(Name, Total);
        (column.RunningTotal, column.ShareOf) = (RunningTotal, string.IsNullOrWhiteSpace(ShareOf) ? null : ShareOf.Trim());
        column.Highlight = ColumnShorthand.HighlightOf(Name, Highlight);
        ColumnCheck.Check(column, prefix: "");
        return column;
    }
}
