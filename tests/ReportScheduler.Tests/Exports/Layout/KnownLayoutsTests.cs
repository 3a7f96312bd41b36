using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Tests.Exports.Layout;

public sealed class KnownLayoutsTests
{
    private readonly KnownLayouts layouts = new();
    private readonly List<SourceColumn> columns = [new(0, "day", "day", ColumnKind.Text), new(1, "amount", "amount", ColumnKind.Decimal)];
    private readonly ReportDataset definition = new();
    private int made;

    [Fact]
    public void What_is_asked_again_is_made_once()
    {
        var first = Of(definition, "de-DE");
        Assert.Same(first, Of(definition, "de-DE"));
        Assert.Equal(1, made);
    }

    [Fact]
    public void Another_culture_definition_or_dataset_is_made_anew()
    {
        Of(definition, "de-DE");
        Of(definition, "en-US");
        Of(new ReportDataset(), "en-US");
        Of(definition, "en-US", "Returns");
        Assert.Equal(4, made);
    }

    // the first rows tell the kinds of SQLite's columns, in the list that was given before
    [Fact]
    public void A_column_that_has_changed_in_the_list_is_seen()
    {
        Of(definition, null);
        columns[0] = columns[0] with { Kind = ColumnKind.Date };
        Assert.Equal(ColumnKind.Date, Of(definition, null)[0].Column.Kind);
        columns.RemoveAt(1);
        Assert.Single(Of(definition, null));
    }

    private IReadOnlyList<LaidOutColumn> Of(ReportDataset asked, string? culture, string dataset = "Sales") =>
        layouts.Of(dataset, asked, culture, columns, () =>
        {
            made++;
            return [.. columns.Select(column => new LaidOutColumn(column, null, null, ColumnTotal.None))];
        });
}
