using System.Collections.Specialized;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Exports.Excel;

namespace ReportScheduler.Tests.Exports;

/// <summary>What -ColumnFormat makes of values that the database gives as text, or that Excel would not hold as numbers.</summary>
public sealed class AskedFormatTests : IDisposable
{
    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("yyyy-mm-dd", ColumnKind.Date)]
    [InlineData("mmm yyyy", ColumnKind.Date)]
    [InlineData("mmmm", ColumnKind.Date)]
    [InlineData("dd.mm.yyyy hh:mm", ColumnKind.DateTime)]
    [InlineData("[$-407]d. mmmm yyyy", ColumnKind.Date)]
    [InlineData("hh:mm:ss", ColumnKind.Time)]
    [InlineData("[h]:mm", ColumnKind.Time)]
    [InlineData("#,##0.00 \"days\"", ColumnKind.Decimal)]
    [InlineData("0%", ColumnKind.Decimal)]
    [InlineData("General", null)]
    [InlineData("@", null)]
    [InlineData(null, null)]
    public void A_format_is_for(string? format, object? kind) => Assert.Equal(kind, (object?)FormatKind.Of(format));

    [Theory]
    // expression, format, cell, text in HTML
    [InlineData("date('2026-03-01')", "dd.mm.yyyy", "46082", "01.03.2026")]
    [InlineData("(select max(d) from (select '2026-02-28' as d union all select '2026-03-01'))", "yyyy-mm-dd", "46082", "2026-03-01")]
    [InlineData("datetime('2026-03-01 18:00:00')", "dd.mm.yyyy", "46082.75", "01.03.2026")]
    [InlineData("'2026-03-01T18:00:00'", "dd.mm.yyyy hh:mm", "46082.75", "01.03.2026 18:00")]
    [InlineData("'2026-03-01T18:00:00+06:00'", "dd.mm.yyyy hh:mm", "46082.5", "01.03.2026 12:00")]
    [InlineData("'2026-03-01T18:00:00+0600'", "dd.mm.yyyy hh:mm", "46082.5", "01.03.2026 12:00")]
    [InlineData("'2026-03-01 18:00:00+06'", "dd.mm.yyyy hh:mm", "46082.5", "01.03.2026 12:00")]
    [InlineData("'2026-03-01 18:00:00 +0600'", "dd.mm.yyyy hh:mm", "46082.5", "01.03.2026 12:00")]
    [InlineData("'2026-03-01 06:00-06'", "dd.mm.yyyy hh:mm", "46082.5", "01.03.2026 12:00")]
    [InlineData("'2026-03-01 12:00:00 UTC'", "dd.mm.yyyy hh:mm", "46082.5", "01.03.2026 12:00")]
    [InlineData("'2026-03-01T12:00:00.000000000Z'", "dd.mm.yyyy hh:mm", "46082.5", "01.03.2026 12:00")]
    [InlineData("'2026-03-01 12:00:00.123456789+00:00'", "hh:mm", "46082.500001428897", "12:00")]
    [InlineData("strftime('%Y-%m', '2026-03-15')", "mmm yyyy", "46082", "Mar 2026")]
    [InlineData("time('18:00')", "hh:mm", "0.75", "18:00")]
    [InlineData("'30:15'", "[h]:mm", "1.260416666666667", "30:15")]
    [InlineData("'2026-03-01 18:00'", "hh:mm", "46082.75", "18:00")]
    [InlineData("'1234.5'", "#,##0.00", "1234.5", "1,234.50")]
    [InlineData("'-7'", "0", "-7", "\u22127")]
    // what is none stays what it is
    [InlineData("'soon'", "yyyy-mm-dd", "text:soon", "soon")]
    [InlineData("'2026-02-30'", "yyyy-mm-dd", "text:2026-02-30", "2026-02-30")]
    [InlineData("'n/a'", "0.00", "text:n/a", "n/a")]
    [InlineData("date('2026-03-01')", "@", "text:2026-03-01", "2026-03-01")]
    [InlineData("date('2026-03-01')", null, "text:2026-03-01", "2026-03-01")]
    [InlineData("'007'", null, "text:007", "007")]
    public void Text_is_what_its_format_asks_for_where_it_can_be(string expression, string? format, string cell, string html)
    {
        var task = ExportFolder.Task(ReportFormat.Excel, ReportFormat.Html);
        task.ColumnFormat = format is null ? null : new OrderedDictionary { ["d"] = format };
        var preview = folder.Sqlite(task, $"select {expression} as d").Datasets[0];
        using var book = Open();
        Assert.Equal(cell, book.Cells("Sales")["A2"]);
        Assert.Equal(html, preview.FirstRows[0][0]);
        Assert.Contains($">{html}</td>", File.ReadAllText(Path.Combine(folder.Path, "sales.html")));
    }

    [Theory]
    // the format decides
    [InlineData("9007199254740993", "0", "9007199254740993", "0", "keeps 15")]
    [InlineData("9007199254740993", "#,##0", "9007199254740993", "#,##0", "keeps 15")]
    [InlineData("9007199254740993", null, "text:9007199254740993", "@", null)]
    [InlineData("9007199254740993", "General", "text:9007199254740993", "@", null)]
    [InlineData("5", "@", "text:5", "@", null)]
    [InlineData("1.5", "@", "text:1.5", "@", null)]
    public void A_long_number_is_text_unless_its_format_says_otherwise(string number, string? format, string cell, string shown,
        string? warning)
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.ColumnFormat = format is null ? null : new OrderedDictionary { ["n"] = format };
        folder.Sqlite(task, $"select {number} as n");
        using var book = Open();
        Assert.Equal((cell, shown), (book.Cells("Sales")["A2"], book.Format("Sales", "A2")));
        Assert.Equal("", string.Join('\n', book.Errors()));
        Assert.Equal(warning is null ? 0 : 1,
            folder.Warnings.Count(said => warning is not null && said.Contains(warning, StringComparison.Ordinal)));
    }

    private OpenedWorkbook Open() => new(Path.Combine(folder.Path, "sales.xlsx"));
}
