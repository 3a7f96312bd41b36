using System.Collections.Specialized;
using System.Globalization;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Providers.Sqlite;
using ReportScheduler.Time;

namespace ReportScheduler.Tests.Sources;

public sealed class RelativeDateTests
{
    // Saturday 30 March 2024, 23:30 in Berlin; at 02:00 of the 31st the clocks there go to 03:00
    private static readonly DateTimeOffset DueAt = new(2024, 3, 30, 22, 30, 15, TimeSpan.Zero);

    [Theory]
    // words
    [InlineData("today", "2024-03-30")]
    [InlineData("TODAY", "2024-03-30")]
    [InlineData(" today ", "2024-03-30")]
    [InlineData("yesterday", "2024-03-29")]
    [InlineData("tomorrow", "2024-03-31")]
    [InlineData("startOfDay", "2024-03-30")]
    [InlineData("startOfWeek", "2024-03-25")]
    [InlineData("endOfWeek", "2024-03-31")]
    [InlineData("startOfMonth", "2024-03-01")]
    [InlineData("endOfMonth", "2024-03-31")]
    [InlineData("startOfQuarter", "2024-01-01")]
    [InlineData("endOfQuarter", "2024-03-31")]
    [InlineData("startOfYear", "2024-01-01")]
    [InlineData("endOfYear", "2024-12-31")]
    // offsets
    [InlineData("today-1d", "2024-03-29")]
    [InlineData("today - 1d", "2024-03-29")]
    [InlineData("today+2w", "2024-04-13")]
    [InlineData("today-1mo", "2024-02-29")]
    [InlineData("today-1q", "2023-12-30")]
    [InlineData("today-1y", "2023-03-30")]
    [InlineData("startOfMonth-1mo", "2024-02-01")]
    [InlineData("startOfMonth-1mo+14d", "2024-02-15")]
    [InlineData("startOfQuarter+1mo", "2024-02-01")]
    // the end moves with its period
    [InlineData("endOfMonth-1mo", "2024-02-29")]
    [InlineData("endOfMonth+1mo", "2024-04-30")]
    [InlineData("endOfQuarter-1q", "2023-12-31")]
    [InlineData("endOfYear-1y", "2023-12-31")]
    [InlineData("endOfWeek-1w", "2024-03-24")]
    // times
    [InlineData("now", "2024-03-30 23:30:15 +01:00")]
    [InlineData("now-4h", "2024-03-30 19:30:15 +01:00")]
    [InlineData("now+3h", "2024-03-31 03:30:15 +02:00")]
    [InlineData("now+90min", "2024-03-31 01:00:15 +01:00")]
    [InlineData("now-15s", "2024-03-30 23:30:00 +01:00")]
    [InlineData("now-1d", "2024-03-29 23:30:15 +01:00")]
    [InlineData("now+1d", "2024-03-31 23:30:15 +02:00")]
    [InlineData("startOfMinute", "2024-03-30 23:30:00 +01:00")]
    [InlineData("startOfHour", "2024-03-30 23:00:00 +01:00")]
    [InlineData("startOfHour-1h", "2024-03-30 22:00:00 +01:00")]
    [InlineData("today+8h", "2024-03-30 08:00:00 +01:00")]
    // the day of the gap has 23 hours
    [InlineData("tomorrow+8h", "2024-03-31 09:00:00 +02:00")]
    public void A_word_is_worked_out_from_the_due_time_in_the_zone(string text, string expected) =>
        Assert.Equal(expected, Words(Resolve(text, DueAt)));

    [Fact]
    public void The_day_is_the_one_of_the_zone() =>
        Assert.Equal("2024-04-01", Words(Resolve("today", new DateTimeOffset(2024, 3, 31, 22, 30, 0, TimeSpan.Zero))));

    [Theory]
    [InlineData("startOfMont")]
    [InlineData("startofmonths")]
    [InlineData("today-1x")]
    [InlineData("today-")]
    [InlineData("today+1m")]
    [InlineData("now-4")]
    [InlineData("now--4h")]
    [InlineData("yesterdy")]
    [InlineData("tommorow")]
    [InlineData("tody")]
    [InlineData("endOfMonth-4h")]
    [InlineData("monthStart-1mo")]
    [InlineData("today+99999999d")]
    [InlineData("lastWeek")]
    [InlineData("last month")]
    public void What_is_meant_to_be_one_and_is_none_is_refused(string text)
    {
        var problem = Assert.Throws<ReportException>(() => ReportParameters.Check(new OrderedDictionary { ["day"] = text }));
        Assert.Equal("RelativeDateUnknown", problem.ErrorId);
        Assert.Equal(ReportErrorCategory.ParserError, problem.Category);
        Assert.Equal(text, problem.ErrorTarget);
        Assert.Contains($"'{text}' is not a relative date.", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EMEA")]
    [InlineData("Now Foods")]
    [InlineData("today's special")]
    [InlineData("north-west")]
    [InlineData("2024-01-01")]
    [InlineData("todd")]
    [InlineData("")]
    [InlineData("a+b")]
    public void Other_texts_stay_what_they_are(string text) => Assert.Equal(text, Resolve(text, DueAt));

    [Fact]
    public void A_prefix_makes_any_text_literal() => Assert.Equal("today", Resolve("text:today", DueAt));

    [Fact]
    public void Leaving_the_calendar_is_an_error() =>
        Assert.Equal("RelativeDateOutOfRange", Assert.Throws<ReportException>(() => Resolve("today-9999y", DueAt)).ErrorId);

    [Theory]
    [InlineData("1day")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("x;--")]
    public void A_name_is_an_identifier(string name) => Assert.Equal(
        "ParameterNameNotUsable",
        Assert.Throws<ReportException>(() => ReportParameters.Check(new OrderedDictionary { [name] = 1 })).ErrorId);

    [Fact]
    public void A_parameter_that_no_query_mentions_is_refused()
    {
        var problem = Assert.Throws<ReportException>(() =>
            ReportParameters.CheckUse([("a", new SqliteProvider().Read("select @x"))], new OrderedDictionary { ["@x"] = 1, ["y"] = 2 }));
        Assert.Equal(("ParameterUnused", "y"), (problem.ErrorId, problem.ErrorTarget));
    }

    [Fact]
    public void A_parameter_without_a_value_is_refused()
    {
        var problem =
            Assert.Throws<ReportException>(() => ReportParameters.CheckUse([("a", new SqliteProvider().Read("select @x"))], null));
        Assert.Equal(("ParameterMissing", "x"), (problem.ErrorId, problem.ErrorTarget));
    }

    private static object? Resolve(string text, DateTimeOffset dueAt) =>
        ReportParameters.Resolve(new OrderedDictionary { ["p"] = text }, dueAt, Zones.Find("Europe/Berlin")).Single().Value;

    private static string Words(object? value) => value switch
    {
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}
