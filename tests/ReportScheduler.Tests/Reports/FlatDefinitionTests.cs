using System.Collections.Specialized;

namespace ReportScheduler.Tests.Reports;

public sealed class FlatDefinitionTests
{
    private static readonly OrderedDictionary Two = new() { ["Sales"] = "select 1", ["Stock"] = "select 2" };

    [Fact]
    public void One_query_has_the_columns_of_all_options()
    {
        var task = Read(null, ("Query", "select 1"), ("ColumnFormat", Table("amount", "0.00")), ("Total", Table("amount", "avg")),
            ("Hide", new[] { "id" }), ("Highlight", Table("amount", "less 0 red; greater 9 green")), ("ColumnWidth", Table("amount", 12)),
            ("ColumnHeader", Table("id", "No.")));
        Assert.Equal(("select 1", ""), (task.Query, Assert.Single(task.Datasets).Name));
        var amount = task.Datasets[0].Column("AMOUNT")!;
        Assert.Equal(("0.00", ColumnTotal.Average, 12d, "less 0 red, greater 9 green"),
            (amount.Format, amount.Total, amount.Width!.Value, string.Join(", ", amount.Highlight.AsEnumerable())));
        var id = task.Datasets[0].Column("id")!;
        Assert.Equal(("No.", true), (id.Header, id.Hidden));
    }

    [Theory]
    // every dataset, one, the one that wins over every
    [InlineData("amount", "sum", "", "", "Sales amount Sum, Stock amount Sum")]
    [InlineData("Sales.amount", "sum", "", "", "Sales amount Sum")]
    [InlineData("stock.amount", "count", "amount", "sum", "Sales amount Sum, Stock amount Count")]
    [InlineData("no.such", "sum", "", "", "Sales no.such Sum, Stock no.such Sum")]
    public void A_key_with_a_dataset_means_that_one_only(string first, string total, string second, string other, string expected)
    {
        var totals = Table(first, total);
        if (second.Length > 0)
        {
            totals.Add(second, other);
        }

        var task = Read(Two, ("Total", totals));
        Assert.Equal(expected, string.Join(", ",
            task.Datasets.SelectMany(dataset => dataset.Columns.Select(column => $"{dataset.Name} {column.Name} {column.Total}"))));
    }

    [Theory]
    [InlineData(null, "", "Sales Bar, Stock Bar")]
    [InlineData("month", "total", "Sales Bar month total, Stock Bar month total")]
    [InlineData("month", "Sales.total Stock.items", "Sales Bar month total, Stock Bar month items")]
    [InlineData("Stock.month", "Stock.items", "Stock Bar month items")]
    public void A_chart_belongs_to_the_datasets_whose_columns_it_names(string? x, string y, string expected)
    {
        var task = Read(Two, ("Chart", "Bar"), ("ChartX", x), ("ChartY", y.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(expected,
            string.Join(", ", task.Datasets.SelectMany(dataset => dataset.Charts.Select(chart => $"{dataset.Name} {chart}"))));
    }

    [Fact]
    public void Tables_of_a_template_go_to_their_datasets()
    {
        Assert.Equal(["T1", "T2"],
            Read(Two, ("TableName", Table("Sales", "T1", "Stock", "T2"))).Datasets.Select(dataset => dataset.TableName));
        Assert.Equal("T1", Read(null, ("Query", "select 1"), ("TableName", "T1")).Datasets[0].TableName);
    }

    private static ReportTask Read(OrderedDictionary? datasets, params (string Member, object? Value)[] members)
    {
        var task = new ReportTask { Name = "Weekly" };
        FlatDefinition.Apply(task, datasets, member => Array.Find(members, each => each.Member == member).Value);
        return task;
    }

    private static OrderedDictionary Table(params object[] entries)
    {
        var table = new OrderedDictionary();
        for (var i = 0; i < entries.Length; i += 2)
        {
            table.Add(entries[i], entries[i + 1]);
        }

        return table;
    }
}
