using System.Globalization;
using ReportScheduler.Definitions;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Rows;
using ReportScheduler.Templates;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Templates that would end the process, or take gigabytes. They are refused when
/// the task is made, where that can be known without its rows.</summary>
public sealed class TemplateAttackTests
{
    private static readonly ReportTask Task = new()
    {
        Name = "Hostile",
        Query = "select 1 as a",
        To = ["a@example.com"],
        Connection = "c",
    };

    [Theory]
    // each was a stack overflow: no exception, the process was gone
    [InlineData("{%if true%}", "{%endif%}", 3000, "200 deep")]
    [InlineData("{% unless false %}", "{% endunless %}", 1500, "200 deep")]
    [InlineData("{% for i in (1..2) %}", "{% endfor %}", 1500, "200 deep")]
    [InlineData("{% capture a %}", "{% endcapture %}", 1500, "200 deep")]
    [InlineData("{% case 1 %}{% when 1 %}", "{% endcase %}", 1500, "200 deep")]
    [InlineData("{% if true %}", "", 5000, "was expected")]
    [InlineData("{% if true %}{% endif %}{% if false %}", "{% endif %}", 1000, "200 deep")]
    public void Tags_within_tags(string open, string close, int count, string words) =>
        Refused(Repeat(open, count) + Repeat(close, count), "TemplateInvalid", words);

    [Theory]
    [InlineData("{{ task.name", "| upcase ", 6000, "}}", "200 deep")]
    [InlineData("{% if true", " or true", 7000, " %}a{% endif %}", "200 deep")]
    [InlineData("{{ rows", "[rows", 7000, "", "200 deep")]
    [InlineData("{{ ", "(", 60000, "1}}", "200 deep")]
    public void Expressions_within_expressions(string open, string part, int count, string close, string words) =>
        Refused(open + Repeat(part, count) + close, "TemplateInvalid", words);

    [Fact]
    public void Brackets_within_brackets() =>
        Refused("{{ " + Repeat("rows[", 8000) + "0" + Repeat("]", 8000) + " }}", "TemplateInvalid", "200 deep");

    [Theory]
    [InlineData("{{ 1 | format_number: 'N999999999' }}", "more than 100 digits")]
    [InlineData("{{ 1 | format_number: 'D101' }}", "more than 100 digits")]
    [InlineData("{{ 1 | format_number: 'p4000' }}", "more than 100 digits")]
    [InlineData("{{ '{0:N999999999}' | format_string: 1 }}", "more than 100 digits")]
    [InlineData("{{ '{0,999999999}' | format_string: 1 }}", "more than 100 digits")]
    [InlineData("{{ run.due_at | date: '%500000000Y' }}", "wider than 100 characters")]
    [InlineData("{{ run.due_at | date: '%-101n' }}", "wider than 100 characters")]
    [InlineData("{% for row in rows %}{{ row.at | date: '%99999999999999999999N' }}{% endfor %}", "wider than 100 characters")]
    public void Endless_widths(string text, string words) => Refused(text, "TemplateInvalid", words);

    [Theory]
    [InlineData("{% assign f = 'N99999' | append: '9999' %}{{ 1 | format_number: f }}", "more than 100 digits")]
    [InlineData("{% assign f = '%50000' | append: '0000Y' %}{{ 'now' | date: f }}", "wider than 100 characters")]
    public void Endless_widths_that_are_worked_out(string text, string words) => Refused(text, "TemplateTooLarge", words);

    [Theory]
    [InlineData(4)]
    [InlineData(30)]
    public void Replacements_of_replacements(int times) =>
        Refused("{{ 'a' " + Repeat("| replace: 'a', '" + new string('a', 100) + "' ", times) + "}}", "TemplateTooLarge",
            "more than 1,000,000 characters");

    [Fact]
    public void Text_in_loops() =>
        Refused("{% for i in (1..1000) %}{% for j in (1..45) %}" + new string('x', 60_000) + "{% endfor %}{% endfor %}", "TemplateTooLarge",
            "more than 1,000,000 characters");

    [Fact]
    public void Captures_in_loops() =>
        Refused("{% capture c %}{% for i in (1..1000) %}" + new string('x', 60_000) + "{% endfor %}{% endcapture %}", "TemplateTooLarge",
            "more than 1,000,000 characters");

    [Theory]
    [InlineData("{% assign a = big | split: '' %}{{ a | join: big | size }}")]
    [InlineData(
        "{% assign a = big | split: 'none' %}{% for i in (1..20) %}{% assign a = a | concat: a %}{% endfor %}{{ a | join: '' | size }}")]
    [InlineData("{% for i in (1..1000) %}{% for j in (1..40) %}{% assign s = big | size %}{% endfor %}{% endfor %}")]
    [InlineData("{% for i in (1..40) %}{{ big | base64_encode | size }}{% endfor %}")]
    public void Much_work_for_little_text(string text) =>
        Refused("{% assign big = 'xxxxxxxxxx' %}{% for i in (1..16) %}{% assign big = big | append: big %}{% endfor %}" + text,
            "TemplateTooLarge", "more than 1,000,000 characters");

    [Fact]
    public void What_rows_make_of_it_stops_in_the_run()
    {
        var cell = new Cell();
        cell.SetText(new string('a', 900_000));
        var preview = new DatasetPreview("S", [new(0, "a", "A", ColumnKind.Text)], 1, [[null]]) { Values = [[cell]] };
        var model = new TemplateModel(Task, new ReportRun { DueAt = DateTimeOffset.UnixEpoch }, CultureInfo.InvariantCulture,
            TimeZoneInfo.Utc, [preview]);
        var template = ReportTemplate.Parse("{% for i in (1..1000) %}{{ rows[0].a | replace: 'a', 'bb' }}{% endfor %}", "Body");
        var problem = Assert.Throws<ReportException>(() => template.Render(model));
        Assert.Equal("TemplateFailed", problem.ErrorId);
    }

    [Fact]
    public void What_people_write_is_far_from_the_limits()
    {
        var text = Repeat("{% if run.rows > 0 and task.name contains 'x' or task.owner == 'y' %}", 20) + "a" + Repeat("{% endif %}", 20)
            + "{{ task.name " + Repeat("| replace: 'ä', '&auml;' ", 30)
            + "}}{{ 1 | format_number: 'N12' }}{{ 1 | format_number: '#,##0.00' }}{{ 'now' | date: '%10Y' }}";
        TaskRules.Check(With(text), _ => null);
    }

    private static void Refused(string text, string id, string words)
    {
        var problem = Assert.Throws<ReportException>(() => TaskRules.Check(With(text), _ => null));
        Assert.Equal(id, problem.ErrorId);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.True(problem.Message.Length < 700, problem.Message);
    }

    private static ReportTask With(string body) =>
        new() { Name = Task.Name, Query = Task.Query, To = Task.To, Connection = Task.Connection, Body = body };

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
