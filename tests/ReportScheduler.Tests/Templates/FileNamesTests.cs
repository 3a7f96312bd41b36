using System.Collections.Specialized;
using System.Globalization;
using System.Text;
using ReportScheduler.Files;
using ReportScheduler.Rows.Spool;
using ReportScheduler.Templates;

namespace ReportScheduler.Tests.Templates;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("Daily sales", "Daily sales")]
    [InlineData("Ventes d'été 売上", "Ventes d'été 売上")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j")]
    [InlineData("../../etc/passwd", "_.._.._etc_passwd")]
    [InlineData("..", "report")]
    [InlineData("", "report")]
    [InlineData("name. . .", "name")]
    [InlineData(".hidden", "_.hidden")]
    [InlineData("tab\tnew\nline\0", "tab_new_line_")]
    // text that turns round on the screen: exe.xslx
    [InlineData("x\u202Exslx", "x_xslx")]
    // device names of Windows, also with something behind the dot
    [InlineData("con", "_con")]
    [InlineData("LPT1.2026", "_LPT1.2026")]
    [InlineData("console", "console")]
    public void A_name_is_safe_everywhere(string text, string expected) => Assert.Equal(expected, SafeName.Of(text));

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("売")]
    [InlineData("😀")]
    public void A_long_name_loses_its_middle_between_characters(string character)
    {
        var name = SafeName.Of(string.Concat(Enumerable.Repeat(character, 300)));
        Assert.InRange(Encoding.UTF8.GetByteCount(name), SafeName.Longest - 6, SafeName.Longest);
        Assert.Matches("^~[0-9A-F]{8}~$", name.Replace(character, "", StringComparison.Ordinal));
        Assert.True(SafeName.IsShortened(name + ".csv"));
    }

    [Theory]
    [InlineData("北日本営業本部", 8, " 2026-03-02", " 2026-03-03")]
    [InlineData("Vertriebsübersicht ", 10, " 2026-03-02", " 2026-03-03")]
    [InlineData("Ä", 100, "A", "B")]
    [InlineData("Umsatz ", 40, "Nord 2026-03-02", "Nord (2) 2026-03-02")]
    [InlineData("a", 149, "\U0001F600", "\U0001F601")]
    public void Long_names_that_end_differently_stay_different_and_keep_their_end(string start, int times, string one, string other)
    {
        var names = new[] { one, other }.Select(end => SafeName.Of(string.Concat(Enumerable.Repeat(start, times)) + end)).ToList();
        Assert.EndsWith(one, names[0], StringComparison.Ordinal);
        Assert.EndsWith(other, names[1], StringComparison.Ordinal);
        Assert.NotEqual(names[0], names[1]);
        Assert.All(names, name =>
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(name), SafeName.Longest - 16, SafeName.Longest);
            Assert.StartsWith(start[..1], name, StringComparison.Ordinal);
            Assert.DoesNotContain('\uFFFD', name);
        });
    }

    [Fact]
    public void Long_names_that_differ_in_the_middle_alone_stay_different()
    {
        var names = Enumerable.Range(0, 100)
            .Select(number => SafeName.Of($"{new string('a', 120)}{number}{new string('b', 120)}")).ToList();
        Assert.Equal(100, names.Distinct().Count());
        Assert.All(names, name => Assert.Equal(SafeName.Longest, name.Length));
    }

    [Fact]
    public void A_name_that_just_fits_stays_whole()
    {
        var fits = new string('a', SafeName.Longest);
        Assert.Equal(fits, SafeName.Of(fits));
        Assert.Equal(fits, SafeName.Of(fits + ". . "));
        Assert.False(SafeName.IsShortened(fits));
        Assert.Equal("x_y", SafeName.Of("x\uD83Dy"));
    }

    [Fact]
    public void The_default_is_name_and_due_date_in_the_zone_of_the_task() =>
        Assert.Equal("Sales_EU 2026-03-02.pdf", Render(new ReportTask { Name = "Sales/EU" }, ReportFormat.Pdf));

    [Theory]
    [InlineData("Sales", "", null)]
    [InlineData("{{ 1 }} of 2 & <b>", "de-DE", null)]
    // calendars that do not count from the year 1
    [InlineData("Sales", "th-TH", "Nord")]
    [InlineData("Sales", "fa-IR", null)]
    [InlineData("مبيعات", "ar-SA", "شمال")]
    [InlineData("Sales", "ja-JP", "")]
    public void The_default_is_what_its_template_makes(string name, string culture, string? key)
    {
        var task = new ReportTask { Name = name, SplitBy = key is null ? null : "region" };
        var run = new ReportRun { DueAt = new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero) };
        var part = key is null ? null : new SplitPart(key, key, 1, []);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var info = CultureInfo.GetCultureInfo(culture);
        Assert.Equal(
            FileNames.Render(task, new TemplateModel(task, run, info, zone, split: part), ReportFormat.Csv),
            FileNames.Render(task, run, info, zone, ReportFormat.Csv, part));
    }

    [Fact]
    public void Each_format_can_have_its_own_name()
    {
        var task = new ReportTask { Name = "Sales",
            FileName = new OrderedDictionary { ["excel"] = "book {{ run.due_at | date: '%d/%m' }}", ["Csv"] = "data.CSV" } };
        FileNames.Check(task);
        Assert.Equal("book 02_03.xlsx", Render(task, ReportFormat.Excel));
        Assert.Equal("data.csv", Render(task, ReportFormat.Csv));
        Assert.Equal("Sales 2026-03-02.pdf", Render(task, ReportFormat.Pdf));
    }

    [Theory]
    [InlineData("reports/{{ task.name }}", "FileNameHasFolder")]
    [InlineData("..\\x", "FileNameHasFolder")]
    [InlineData("/etc/passwd", "FileNameHasFolder")]
    [InlineData("..", "FileNameHasFolder")]
    [InlineData(" ", "FileNameHasFolder")]
    [InlineData("{{ task.nmae }}", "TemplateInvalid")]
    [InlineData("{{ task.name", "TemplateInvalid")]
    public void A_wrong_name_is_refused_when_the_task_is_made(string text, string id)
    {
        var problem = Assert.Throws<ReportException>(() => FileNames.Check(new ReportTask { Name = "x", FileName = text }));
        Assert.Equal((id, text), (problem.ErrorId, problem.ErrorTarget));
    }

    [Fact]
    public void A_name_for_something_that_is_no_format_is_refused()
    {
        var task = new ReportTask { Name = "x", FileName = new OrderedDictionary { ["Word"] = "x" } };
        Assert.Equal("FileNameFormatUnknown", Assert.Throws<ReportException>(() => FileNames.Check(task)).ErrorId);
    }

    private static string Render(ReportTask task, ReportFormat format)
    {
        var run = new ReportRun { DueAt = new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero) };
        var model = new TemplateModel(task, run, CultureInfo.InvariantCulture, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        return FileNames.Render(task, model, format);
    }
}
