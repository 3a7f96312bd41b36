using System.Globalization;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Rows;
using ReportScheduler.Templates;

namespace ReportScheduler.Tests.Templates;

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
        [["North", "10.50"], ["South", null]])
    {
        Values = [[Cell((ref Cell cell) => cell.SetText("North")), Cell((ref Cell cell) => cell.SetDecimal(10.50m))],
            [Cell((ref Cell cell) => cell.SetText("South")), default]],
    };

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
    [InlineData("{% for row in rows %}{{ row.region }}={{ row['total sum'] }};{% endfor %}", "North=10,5;South=;")]
    [InlineData("{{ rows[0].REGION }} {{ rows.size }}", "North 2")]
    [InlineData(
        "{% for set in datasets %}{{ set.name }} {{ set.rows }} {{ set.columns | join: ' ' }} {{ set.first_rows.size }}{% endfor %}",
        "Sales 1234 Region Total 2")]
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
    [InlineData("x\n{{ tsk.name }}", 2, "there is no 'tsk', only task, run, split, figures, totals, rows and datasets")]
    [InlineData("x\n\n{{ run.rwos }}", 3, "run has no 'rwos', only id, trigger")]
    [InlineData("{% if run.rwos > 1 %}x{% endif %}", 1, "run has no 'rwos'")]
    [InlineData("{{ task.connection_string }}", 1, "task has no 'connection_string'")]
    [InlineData("a\n{{ rows }} late", 2, "'rows' is a list and no text: run.rows is the number of rows")]
    [InlineData("{{ run }}", 1, "'run' is not text: name one of its members, id, trigger")]
    [InlineData("{{ run.changes.added }}", 1, "run.changes is one value and has no 'added'")]
    [InlineData("a\n{{ task.name.first }}", 2, "task.name is one value and has no 'first'")]
    [InlineData("{% if split.rows.size > 1 and run.due_at.year > 1 %}x{% endif %}", 1, "run.due_at is one value and has no 'year'")]
    [InlineData("{{ run.files.names }}", 1, "run.files is a list and has no 'names'")]
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
    [InlineData("{% assign a = 'xxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}",
        "more than 1,000,000 characters")]
    [InlineData("{% assign a = rows %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}", "more than 1,000,000")]
    [InlineData("{% for i in (1..900) %}{% for j in (1..900) %}{{ run.id }}{% endfor %}{% endfor %}", "The maximum")]
    [InlineData(
        "{% assign a = 'x' %}{% for i in (1..18) %}{% assign a = a | append: a %}{% endfor %}{% for i in (1..100) %}{{ a }}{% endfor %}",
        "more than 1,000,000")]
    [InlineData("{% assign a = 'x' %}{% for i in (1..18) %}{% assign a = a | append: a %}{% endfor %}{% capture b %}{% for i in (1..100) "
        + "%}{{ a }}{% endfor %}{% endcapture %}", "more than 1,000,000")]
    public void What_fails_in_a_run_ends_and_says_why(string text, string words)
    {
        var problem = Assert.Throws<ReportException>(() => ReportTemplate.Parse(text, "Body").Render(Model()));
        Assert.Equal(("TemplateFailed", ReportErrorCategory.InvalidData, text), (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    // the German decimal comma, dates and zone: what a value looks like must not change what it is
    [Theory]
    [InlineData("{% if row.n > 1000 %}much{% else %}little{% endif %}", "much")]
    [InlineData("{% if row.n > row.s %}more{% else %}less{% endif %}", "more")]
    [InlineData("{{ row.s | plus: 1 }}", "13,5")]
    [InlineData("{{ row.n }} {{ row.s | times: 2 }} {{ row.i | divided_by: 2 }}", "1234,5 25,0 3")]
    [InlineData("{{ row.s | format_number: 'N2' }}", "12,50")]
    [InlineData("{{ rows | sum: 'i' }}", "7")]
    [InlineData("{{ rows | where: 'i', 7 | size }}", "1")]
    [InlineData("{% if row.yes %}yes{% endif %}{% if row.no %}no{% endif %} {{ row.yes }}", "yes true")]
    [InlineData("{% if row.nothing == nil %}none{% endif %}[{{ row.nothing }}]", "none[]")]
    [InlineData("{{ row.day }} {{ row.day | date: '%d.%m.' }} {{ row.day | append: '!' }}", "01.03.2026 01.03. 2026-03-01!")]
    [InlineData("{{ row.time | date: '%Y-%m-%dT%H:%M:%S%z' }}", "2026-07-01T08:30:05+0200")]
    [InlineData("{{ row.there }} {{ row.there | date: '%H:%M %z' }}", "01.07.2026 10:00:00 +02:00 10:00 +0200")]
    [InlineData("{% if row.day < row.time %}before{% endif %}{% if row.day > row.time %}after{% endif %}", "before")]
    [InlineData("{% if row.day <= run.due_at %}due{% endif %}{% if row.day == '2026-03-01' %} today{% endif %}{% if row.day != "
        + "'2026-03-01' %} not{% endif %}", "due today")]
    [InlineData("{% if row.time >= '2026-07-01 08:30' and row.time < '2026-07-02' %}that day{% endif %}", "that day")]
    [InlineData("{{ row.span }} {{ row.large }}", "26:05:00 1E+300")]
    [InlineData("{{ row | json }}", "{\"n\":1234.5,\"s\":12.5,\"i\":7,\"yes\":true,\"no\":false,\"nothing\":null}", "n s i yes no nothing")]
    public void Values_of_rows_are_what_they_are(string text, string expected, string? only = null)
    {
        (string Name, Cell Value)[] cells =
        [
            ("n", Cell((ref Cell cell) => cell.SetDecimal(1234.5m))), ("s", Cell((ref Cell cell) => cell.SetDouble(12.5))),
            ("i", Cell((ref Cell cell) => cell.SetInteger(7))),
            ("yes", Cell((ref Cell cell) => cell.SetBoolean(true))), ("no", Cell((ref Cell cell) => cell.SetBoolean(false))),
            ("nothing", default),
            ("day", Cell((ref Cell cell) => cell.SetDate(new DateTime(2026, 3, 1)))),
            ("time", Cell((ref Cell cell) => cell.SetDateTime(new DateTime(2026, 7, 1, 8, 30, 5)))),
            ("there", Cell((ref Cell cell) => cell.SetDateTimeOffset(new DateTimeOffset(2026, 7, 1, 4, 0, 0, TimeSpan.FromHours(-4))))),
            ("span", Cell((ref Cell cell) => cell.SetTime(new TimeSpan(26, 5, 0)))),
            ("large", Cell((ref Cell cell) => cell.SetDouble(1e300))),
        ];
        cells = [.. cells.Where(cell => only is null || only.Split(' ').Contains(cell.Name))];
        var preview = new DatasetPreview("Sales",
            [.. cells.Select((cell, place) => new SourceColumn(place, cell.Name, cell.Name, ColumnKind.Text))], 1,
            [new string?[cells.Length]])
        {
            Values = [[.. cells.Select(cell => cell.Value)]],
        };
        var model = new TemplateModel(Task, Run, CultureInfo.GetCultureInfo("de-DE"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            [preview]);
        Assert.Equal(expected, ReportTemplate.Parse("{% assign row = rows[0] %}" + text, "Body").Render(model));
    }

    [Theory]
    [InlineData("{{ row.text }} {{ row.text | upcase }}", "&lt;b&gt;&amp;&quot;&#x27;ä€</b> &lt;B&gt;&amp;&quot;&#x27;Ä€</B>")]
    [InlineData("<p>{{ row.text | raw }}</p>{{ row.text | slice: 0 }}", "<p><b>&\"'ä€<!b></p>&lt;")]
    [InlineData("{{ row.lines | newline_to_br }}", "a&lt;<br />\nb")]
    [InlineData("{% capture all %}<i>{{ row.text | slice: 0, 3 }}</i>{% endcapture %}{{ all }}", "<i>&lt;b&gt;</i>")]
    [InlineData("{% assign all = row.text %}{{ all | append: '<' | slice: 0 }}", "&lt;")]
    [InlineData("{{ row.text | escape }}", "&lt;b&gt;&amp;&quot;&#39;&#228;€</b>")]
    [InlineData("{{ '<' }}{{ task.name }}{{ 1.5 }}", "&lt;Daily sales1,5")]
    public void Html_escapes_what_values_say(string text, string expected)
    {
        var preview =
            new DatasetPreview("S", [new(0, "text", "T", ColumnKind.Text), new(1, "lines", "L", ColumnKind.Text)], 1, [[null, null]])
        {
            Values = [[Cell((ref Cell cell) => cell.SetText("<b>&\"'ä€</b>")), Cell((ref Cell cell) => cell.SetText("a<\r\nb"))]],
        };
        var model = new TemplateModel(Task, Run, CultureInfo.GetCultureInfo("de-DE"), TimeZoneInfo.Utc, [preview]);
        var html = ReportTemplate.Parse("{% assign row = rows[0] %}" + text, "Body").RenderHtml(model);
        Assert.Equal(expected.Replace("</b>", "&lt;/b&gt;", StringComparison.Ordinal)
            .Replace("</B>", "&lt;/B&gt;", StringComparison.Ordinal).Replace("<!b>", "</b>", StringComparison.Ordinal), html);
    }

    // what C and Python have (date -d ... +%G-W%V)
    [Theory]
    [InlineData("2026-03-02", "%G-W%V", "2026-W10")]
    [InlineData("2027-01-01", "%G-W%V %g", "2026-W53 26")]
    [InlineData("2027-01-04", "%G-W%V-%u", "2027-W01-1")]
    [InlineData("2024-12-30", "%G-W%V", "2025-W01")]
    [InlineData("2021-01-03", "%G-W%V %Y", "2020-W53 2021")]
    [InlineData("2009-12-31", "%G-W%V %-V", "2009-W53 53")]
    [InlineData("2000-01-01", "%g %G %-V %_V", "99 1999 52 52")]
    [InlineData("2026-01-05", "%-V|%_V|%4V|%U|%W|%j|%u|%w", "2| 2|0002|01|01|005|1|1")]
    [InlineData("2023-01-01", "%U %W %u %w", "01 00 7 0")]
    [InlineData("2026-03-02", "%e|%-d|%-m|%y|%C|%k|%l|%I|%-H|%-M|%-S", " 2|2|3|26|20| 0|12|12|0|0|0")]
    [InlineData("2026-03-02", "%d. %B %Y, %A %b %F %D %T %% %^a", "02. März 2026, Montag Mär 2026-03-02 03/02/26 00:00:00 % MO")]
    public void Dates_are_written_as_strftime_does(string date, string format, string expected) =>
        Assert.Equal(expected, ReportTemplate.Parse($"{{{{ '{date}' | date: '{format}' }}}}", "Subject").Render(Model()));

    [Theory]
    [InlineData("week of {{ task.parameters.since | date: '%d. %B' }} to {{ task.parameters.until }}", "week of 16. Februar to 2026-02-23")]
    [InlineData("{{ task.parameters.hour }} {{ task.parameters.word }} {{ task.parameters.limit }}", "2026-03-01 05:00 +01:00 today 5")]
    public void Parameters_have_the_values_of_the_run(string text, string expected)
    {
        var task = new ReportTask
        {
            Name = "Weekly",
            Parameters = new() { ["since"] = "startOfWeek-1w", ["until"] = "startOfWeek", ["hour"] = "now-4h", ["word"] = "text:today",
                ["limit"] = 5 },
        };
        var model = new TemplateModel(task, Run, CultureInfo.GetCultureInfo("de-DE"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal(expected, ReportTemplate.Parse(text, "Subject").Render(model));
    }

    [Fact]
    public void A_template_of_a_book_is_refused() =>
        Assert.Equal("TemplateTooLong",
            Assert.Throws<ReportException>(() => ReportTemplate.Parse(new string('x', 70_000), "Body")).ErrorId);

    private delegate void SetCell(ref Cell cell);

    private static Cell Cell(SetCell set)
    {
        var cell = new Cell();
        set(ref cell);
        return cell;
    }

    private static TemplateModel Model() =>
        new(Task, Run, CultureInfo.GetCultureInfo("de-DE"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), [Sales]);
}
