using DocumentFormat.OpenXml.Spreadsheet;
using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Tests.Exports.Excel;

public sealed class SheetLinksTests : IDisposable
{
    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("https://example.com/a?b=1&c='x'", "https://example.com/a?b=1&c='x'")]
    [InlineData("HTTP://example.com", "http://example.com/")]
    [InlineData("ann@example.com", "mailto:ann@example.com")]
    [InlineData("https://example.com/ä ö", null)]
    [InlineData("see https://example.com", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("@ann", null)]
    public void A_text_that_is_an_address_as_a_whole_is_a_link_and_looks_so(string text, string? address)
    {
        var literal = text.Replace("'", "''", StringComparison.Ordinal);
        folder.Sqlite(ExportFolder.Task(ReportFormat.Excel), $"select 1 as id, '{literal}' as page "
            + "union all select 2, null union all select 3, 'words'");
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        var links = book.Sheet("Sales").Worksheet.Descendants<Hyperlink>().ToList();
        Assert.Equal(address is null ? [] : ["B2"], links.Select(link => link.Reference!.Value));
        Assert.Equal(address is null ? [] : [address],
            book.Sheet("Sales").HyperlinkRelationships.Select(relation => relation.Uri.OriginalString));
        Assert.Equal("text:" + text, book.Text(book.Cell("Sales", "B2")));
        Assert.Equal(address is not null, IsUnderlined(book, "B2"));
        Assert.False(IsUnderlined(book, "B4"));
    }

    [Theory]
    // a sheet by itself is looked at for long
    [InlineData(150, null, true)]
    // a part of a report whose other parts have addresses, or few texts
    [InlineData(150, 1, true)]
    [InlineData(150, 0, false)]
    [InlineData(50, 0, true)]
    public void A_part_is_looked_at_for_less_long_where_the_others_have_no_addresses(int row, int? links, bool isLink)
    {
        if (links is { } seen)
        {
            folder.Habits = new TextHabits();
            folder.Habits.AddLinks("page", 1_000, seen);
        }

        folder.Sqlite(ExportFolder.Task(ReportFormat.Excel), "with recursive n(id) as (select 1 union all select id + 1 from n "
            + $"where id < 200) select id, case id when {row} then 'https://example.com/' else 'words' end as page from n");
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal(isLink ? [$"B{row + 1}"] : [],
            book.Sheet("Sales").Worksheet.Descendants<Hyperlink>().Select(link => link.Reference!.Value));
    }

    [Fact]
    public void What_a_part_has_shown_of_addresses_counts_for_the_next()
    {
        folder.Habits = new TextHabits();
        folder.Sqlite(ExportFolder.Task(ReportFormat.Excel), "with recursive n(id) as (select 1 union all select id + 1 from n "
            + "where id < 1000) select id, 'words' as title, 'https://example.com/' as page from n");
        Assert.True(folder.Habits.HasNoLinks("title"));
        Assert.False(folder.Habits.HasNoLinks("page"));
    }

    private static bool IsUnderlined(OpenedWorkbook book, string cell)
    {
        var styles = book.Workbook.WorkbookStylesPart!.Stylesheet;
        var format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)book.Cell("Sales", cell).StyleIndex!.Value);
        return styles.Fonts!.Elements<Font>().ElementAt((int)format.FontId!.Value).Underline is not null;
    }
}
