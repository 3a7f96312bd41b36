using System.Globalization;
using ReportScheduler.Exports;
using ReportScheduler.Runs;
using ReportScheduler.Tasks;

namespace ReportScheduler.Tests.Tasks;

public sealed class ReportTemplateTests
{
    private static readonly ReportTask Task = new() { Id = "t1", Name = "Daily sales", Format = [ReportFormat.Excel, ReportFormat.Pdf] };

    private static readonly ReportRun Run = new()
    {
        Id = "r1",
        DueAt = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero),
        Files = ["/tmp/run/sales.xlsx"],
    };

    private static readonly DatasetPreview Sales = new(
        "Sales",
        [new(0, "region", "Region", ColumnKind.Text), new(1, "total sum", "Total", ColumnKind.Decimal)],
        1234,
        [["North", "10.50"], ["South", null]]);

    [Theory]
    [InlineData("Plain {text} 100 %", "Plain {text} 100 %")]
    [InlineData("{{ task.name }}: {{ run.rows }}", "Daily sales: 1234")]
    [InlineData("{{ task.format | join: '+' }} {{ run.files | first }}", "Excel+Pdf sales.xlsx")]
    // dates: in the task's zone and culture
    [InlineData("{{ run.due_at | date: '%d. %B %Y %H:%M' }}", "01. März 2026 09:00")]
    [InlineData("{{ run.due_at }}", "2026-03-01 09:00 +01:00")]
    [InlineData("{{ 'now' | date: '%Y-%m-%d %H:%M' }}", "2026-03-01 09:00")]
    // numbers
    [InlineData("{{ run.rows | format_number: 'N0' }}", "1.234")]
    // rows
    [InlineData("{% for row in rows %}{{ row.region }}={{ row['total sum'] }};{% endfor %}", "North=10.50;South=;")]
    [InlineData("{{ rows[0].REGION }} {{ rows.size }}", "North 2")]
    [InlineData("{% for set in datasets %}{{ set.name }} {{ set.rows }} {{ set.columns | join: ' ' }} {{ set.first_rows.size }}{% endfor %}", "Sales 1234 Region Total 2")]
    // nothing there is not an error where the name exists
    [InlineData("[{{ task.description }}] {{ task.description | default: 'none' }}", "[] none")]
    [InlineData("{% if run.rows > 1000 %}many{% else %}few{% endif %}", "many")]
    [InlineData("{% assign d = run %}{% capture c %}{{ d.id }}{% endcapture %}{{ c }}", "r1")]
    // nothing is escaped here; the mail does it where the text lands
    [InlineData("{{ '<b>&' }}", "<b>&")]
    public void A_template_renders(string text, string expected) =>
        Assert.Equal(expected, ReportTemplate.Parse(text, "Subject").Render(Model()));

    [Theory]
    // syntax
    [InlineData("{{ task.name ", 1, "End of tag '}}' was expected")]
    [InlineData("a\nb\n{% for x of y %}", 3, "Invalid 'for' tag")]
    [InlineData("{% if run.rows %}", 1, "'{% endif %}' was expected")]
    [InlineData("\n{% frobnicate %}", 2, "Unknown tag 'frobnicate'")]
    [InlineData("{{ }}", 1, "A value was expected")]
    [InlineData("{{ task.name | }}", 1, "An identifier was expected after the '|' sign")]
    // names
    [InlineData("x\n{{ tsk.name }}", 2, "there is no 'tsk', only task, run, rows and datasets")]
    [InlineData("x\n\n{{ run.rwos }}", 3, "run has no 'rwos', only id, trigger")]
    [InlineData("{% if run.rwos > 1 %}x{% endif %}", 1, "run has no 'rwos'")]
    [InlineData("{{ task.connection_string }}", 1, "task has no 'connection_string'")]
    [InlineData("a\n{{ rows }} late", 2, "'rows' is a list and no text: run.rows is the number of rows")]
    [InlineData("{{ run }}", 1, "'run' is no text: name one of its members, id, trigger")]
    [InlineData("{{ task.name | uppercase }}", 1, "there is no filter 'uppercase'")]
    // files and endlessness
    [InlineData("{% include '/etc/passwd' %}", 1, "'include' would read another file")]
    [InlineData("{% render 'x' %}", 1, "'render' would read another file")]
    [InlineData("{% for i in (1..1000000000) %}a{% endfor %}", 1, "at most 1,000 steps")]
    [InlineData("{% for i in (1..run.rows) %}a{% endfor %}", 1, "takes two whole numbers")]
    public void What_is_wrong_is_said_with_member_and_line(string text, int line, string words)
    {
        var problem = Assert.Throws<ReportException>(() => ReportTemplate.Parse(text, "Subject"));
        Assert.Equal(("TemplateInvalid", ReportErrorCategory.ParserError, text), (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.StartsWith($"The template of Subject is wrong in line {line}: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ rows[0].regoin }}", "has no 'regoin', only region, total sum")]
    [InlineData("{{ 1 | divided_by: 0 }}", "divide by zero")]
    // endless ones
    [InlineData("{% assign a = 'xxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}", "more than 1,000,000 characters")]
    [InlineData("{% assign a = rows %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}", "more than 1,000,000")]
    [InlineData("{% for i in (1..900) %}{% for j in (1..900) %}{{ run.id }}{% endfor %}{% endfor %}", "The maximum")]
    [InlineData("{% assign a = 'x' %}{% for i in (1..18) %}{% assign a = a | append: a %}{% endfor %}{% for i in (1..100) %}{{ a }}{% endfor %}", "more than 1,000,000")]
    [InlineData("{% assign a = 'x' %}{% for i in (1..18) %}{% assign a = a | append: a %}{% endfor %}{% capture b %}{% for i in (1..100) %}{{ a }}{% endfor %}{% endcapture %}", "more than 1,000,000")]
    public void What_fails_in_a_run_ends_and_says_why(string text, string words)
    {
        var problem = Assert.Throws<ReportException>(() => ReportTemplate.Parse(text, "Body").Render(Model()));
        Assert.Equal(("TemplateFailed", ReportErrorCategory.InvalidData, text), (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("week of {{ task.parameters.since | date: '%d. %B' }} to {{ task.parameters.until }}", "week of 16. Februar to 2026-02-23")]
    [InlineData("{{ task.parameters.hour }} {{ task.parameters.word }} {{ task.parameters.limit }}", "2026-03-01 05:00 +01:00 today 5")]
    public void Parameters_have_the_values_of_the_run(string text, string expected)
    {
        var task = new ReportTask
        {
            Name = "Weekly",
            Parameters = new() { ["since"] = "startOfWeek-1w", ["until"] = "startOfWeek", ["hour"] = "now-4h", ["word"] = "text:today", ["limit"] = 5 },
        };
        var model = new TemplateModel(task, Run, CultureInfo.GetCultureInfo("de-DE"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal(expected, ReportTemplate.Parse(text, "Subject").Render(model));
    }

    [Fact]
    public void A_template_of_a_book_is_refused() =>
        Assert.Equal("TemplateTooLong", Assert.Throws<ReportException>(() => ReportTemplate.Parse(new string('x', 70_000), "Body")).ErrorId);

    private static TemplateModel Model() =>
        new(Task, Run, CultureInfo.GetCultureInfo("de-DE"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), [Sales]);
}
