using System.Globalization;
using System.Text.RegularExpressions;
using Fluid;
using ReportScheduler.Numbers;
using ReportScheduler.Schedules;
using ReportScheduler.Sources;
using ReportScheduler.Templates;
using ReportScheduler.Tests.Support;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Module;

/// <summary>That about_ReportScheduler_Grammar says all that the parameters understand, and that its examples are understood.</summary>
public sealed class GrammarTopicTests
{
    private static readonly string Topic = File
        .ReadAllText(Path.Combine(BuiltModule.Folder, "en-US", "about_ReportScheduler_Grammar.help.txt")).ReplaceLineEndings("\n");

    [Fact]
    public void Every_filter_is_named() => Named("LIQUID TEMPLATES", new TemplateOptions().Filters.Select(filter => filter.Key));

    [Fact]
    public void Every_value_of_a_template_is_named() =>
        Named("LIQUID TEMPLATES", TemplateModel.Members.SelectMany(member => member.Value.Keys.Append(member.Key))
            .Append(TemplateModel.Rows).Append(TemplateModel.Datasets));

    [Fact]
    public void Every_kind_of_highlight_rule_is_named() => Named("HIGHLIGHT RULES", Enum.GetNames<HighlightKind>()
        .Where(name => !name.EndsWith("Percent", StringComparison.Ordinal)).Select(name => name.ToLowerInvariant()));

    [Theory]
    [InlineData("0 7 * * MON-FRI"), InlineData("*/15 8-18 * * *"), InlineData("0 6 1 * *"), InlineData("0 18 LW * *"),
        InlineData("0 9 * * MON#1")]
    [InlineData("'@hourly'"), InlineData("'@daily'"), InlineData("'@midnight'"), InlineData("'@weekly'"), InlineData("'@monthly'"),
        InlineData("'@yearly'"), InlineData("'@annually'")]
    public void The_cron_text_is_understood(string text)
    {
        Assert.Contains(text, Section("CRON"), StringComparison.Ordinal);
        Assert.NotNull(CronExpression.Parse(text.Trim('\'')));
    }

    [Theory]
    [InlineData("L", null), InlineData("L-3", null), InlineData("15W", null), InlineData("LW", null)]
    [InlineData(null, "FRI#2"), InlineData(null, "5#2"), InlineData(null, "FRIL"), InlineData(null, "5L"), InlineData("?", "FRI-MON"),
        InlineData("5,20", "?"), InlineData("5/10", null)]
    public void The_fields_for_days_are_understood(string? day, string? weekday)
    {
        Assert.Contains(day ?? weekday!, Section("CRON"), StringComparison.Ordinal);
        Assert.NotNull(CronExpression.Parse($"0 0 {day ?? "*"} * {weekday ?? "*"}"));
    }

    [Theory]
    [InlineData("90s"), InlineData("15m"), InlineData("2h30m"), InlineData("1d"), InlineData("1w"), InlineData("1.02:30:00")]
    public void The_durations_are_understood(string text)
    {
        Assert.Contains(text, Section("DURATIONS"), StringComparison.Ordinal);
        Assert.True(DurationText.Parse(text) > TimeSpan.Zero);
    }

    [Fact]
    public void The_relative_dates_are_understood()
    {
        var words = Regex.Matches(Section("RELATIVE DATES"), @"(?m)^        (?<line>\S.*)$").SelectMany(
            match => match.Groups["line"].Value.Split("  ") is [var first, "", ..] ? [first] : match.Groups["line"].Value.Split("  "));
        var found = words.Select(word => word.Trim()).Where(word => word.Length > 0).ToList();
        Assert.InRange(found.Count, 15, 40);
        Assert.All(found, word => Assert.NotNull(RelativeDate.TryParse(word)));
    }

    [Theory]
    [InlineData("greater 1000"), InlineData("less 0"), InlineData("between 1 5"), InlineData("equal 3"), InlineData("equal 'past due'"),
        InlineData("text Paris"), InlineData("top 10")]
    [InlineData("databar"), InlineData("colorscale"), InlineData("icons"), InlineData("greater 1000 green; less 0 red")]
    public void The_highlight_rules_are_understood(string text)
    {
        Assert.Contains(text, Section("HIGHLIGHT RULES"), StringComparison.Ordinal);
        Assert.NotEmpty(HighlightRule.Of(text));
    }

    [Theory]
    [InlineData("#,##0.00"), InlineData("0.0%"), InlineData("#,##0.00 €"), InlineData("0.00;[Red]-0.00"),
        InlineData("[>=1000]0.0,\" k\";0")]
    [InlineData("yyyy-mm-dd"), InlineData("dd.mm.yyyy hh:mm"), InlineData("[h]:mm:ss")]
    public void The_number_formats_are_understood(string text)
    {
        Assert.Contains(text, Section("NUMBER FORMATS"), StringComparison.Ordinal);
        Assert.True(NumberFormatText.IsValid(text));
    }

    [Fact]
    public void The_templates_can_be_made()
    {
        var task = new ReportTask { Name = "Daily", Connection = "c", Query = "select 1", To = ["a@example.com"] };
        var templates = Regex.Matches(Section("LIQUID TEMPLATES"), "(?m)^        (?<template>\\{.*)$")
            .Select(match => match.Groups["template"].Value).ToList();
        Assert.InRange(templates.Count, 3, 20);
        Assert.All(templates, template => ReportTemplate.Check(template, "Body", task));
    }

    private static void Named(string section, IEnumerable<string> names)
    {
        var words = Regex.Matches(Section(section), @"\w+").Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(names.Except(words, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static string Section(string heading)
    {
        var start = Topic.IndexOf("\n  " + heading, StringComparison.Ordinal);
        Assert.True(start >= 0, string.Create(CultureInfo.InvariantCulture, $"the topic has no section {heading}"));
        var end = Regex.Match(Topic[(start + 3)..], @"\n(  )?[A-Z]");
        return end.Success ? Topic.Substring(start, end.Index + 3) : Topic[start..];
    }
}
