using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Looks;

/// <summary>Reports as a task makes them, each hard on a layout in a way of its own.</summary>
internal static class SampleReports
{
    private const string Rows = "with recursive n(i) as (select 0 union all select i + 1 from n where i < 39) select ";

    /// <summary>What New-ReportTask takes besides name, connection, formats and mail.</summary>
    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["charts"] = Query("date('2025-01-01', '+' || i || ' months') as paid_on, 100 + i * 7 as revenue, 90 + i * 5 as cost, "
            + "'Lyon' as store") + " -Chart Line -ChartX paid_on -ChartY revenue, cost -Total @{ revenue = 'sum'; cost = 'avg' } "
            + "-Description 'Card payments of all stores, one row a month.'",
        ["wide"] = Query(string.Join(", ", Enumerable.Range(1, 40).Select(column => $"i * {column * 12345} as figure_of_month_{column}"))),
        ["long text"] = Query("4711 + i as ticket_no, 'Printer in room 204 prints blank pages' as subject, "
            + "'https://shop.example.com/a/very/long/address/of/a/page/' || i as page, "
            + "'The user restarted twice. It happens after lunch, when many people print at once; the queue shows no error.' "
            + "as description, "
            + "'x' || hex(zeroblob(40)) as token, 'ada@example.com' as owner"),
        ["groups"] = Query("'Warehouse ' || (i / 20) as warehouse, 'Category ' || (i / 10) as category, 'Trail Runner 3' as product, "
            + "i * 19.5 as value") + " -GroupBy warehouse, category -Total @{ value = 'sum' } -ColumnFormat @{ value = 'currency EUR' }",
        ["marks"] = Query("i as orders, i * 3 - 20 as result, i / 40.0 as margin, i % 3 as level, iif(i % 5 = 0, 'Open', null) as state")
            + " -Highlight ([ordered] @{ orders = 'databar'; result = '< 0 red; >= 50 green'; margin = 'colorscale'; level = 'icons'; "
            + "state = 'text Open orange' }) -KeyFigure ([ordered] @{ Orders = 'sum(orders)'; Result = 'sum(result)'; "
            + "Margin = 'avg(margin)'; Lines = 'count()' })",
        ["wide names"] = Query("'Ada Lindqvist & Co. ' || i as customer, date('2025-01-01', '+' || i || ' days') as day, i as orders, "
            + "i * 19.5 as revenue, 'Grzegorz Nowak-Zielinski' as closed_by, 'Porto' as store, "
            + "iif(i % 9 = 3, 'Terminal offline until noon, "
            + "all amounts entered by hand', null) as remark"),
        ["nothing"] = " -Query \"select 1 as amount, 2 as orders where 0\"",
        ["one row"] = " -Query \"select 'All stores' as store, 12480 as orders, 1345678.5 as revenue\"",
        ["several"] = " -Dataset (New-ReportDataset Revenue -Query \"select 'a' as x, 1 as y union all select 'b', 3\" "
            + "-Chart (New-ReportChart Pie x y)), (New-ReportDataset Stock -Query \"select 1 as a, x'89504E470D0A1A0A' as photo\")",
        ["right to left"] = Query("'מוצר ' || i as name, i * 1000 as amount") + " -Culture he-IL -Chart Bar -ChartX name -ChartY amount",
        ["Japanese"] = Query("'製品' || i as 名前, i * 1000 as 売上") + " -Culture ja-JP -ColumnFormat @{ '売上' = 'currency JPY' }",
        ["branded"] = Query("'Porto' as store, i as amount") + " -Theme brand -Total @{ amount = 'sum' }",
    };

    public static TheoryData<string> Names => [.. Options.Keys];

    /// <summary>Runs a task with these options.</summary>
    public static SampleReport Make(PowerShellSession session, string name) => MakeOf(session, name, Options[name]);

    /// <param name="session">Where it runs.</param>
    /// <param name="title">The name of the task.</param>
    /// <param name="options">What New-ReportTask takes besides.</param>
    public static SampleReport MakeOf(PowerShellSession session, string title, string options)
    {
        session.Run($"""
            New-ReportConnection mem -ConnectionString 'Data Source=:memory:' -Provider Sqlite
            New-ReportMailServer post -PickupDirectory mails -From 'Contoso <reports@example.com>'
            New-ReportTheme brand -BrandColor '#0B5394' -Footer 'Contoso, internal use'
            New-ReportTask '{title}' mem -Format Excel, Pdf, Html, Csv, Json -To ada@example.com{options}
            """).NoErrors();
        dynamic run = session.Run($"Invoke-ReportTask '{title}'").NoErrors().Single();
        return new SampleReport((string[])run.Files, Directory.GetFiles(Path.Combine(session.Folder, "mails")).Single());
    }

    private static string Query(string columns) => $" -Query \"{Rows}{columns} from n\"";
}
