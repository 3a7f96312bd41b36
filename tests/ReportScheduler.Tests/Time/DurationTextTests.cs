using ReportScheduler.Time;

namespace ReportScheduler.Tests.Time;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("90s", "00:01:30", "1m30s")]
    [InlineData("15m", "00:15:00", "15m")]
    [InlineData("2h30m", "02:30:00", "2h30m")]
    [InlineData("1d", "1.00:00:00", "1d")]
    [InlineData("1w", "7.00:00:00", "1w")]
    [InlineData("1w1d", "8.00:00:00", "8d")]
    [InlineData(" 1D 2H ", "1.02:00:00", "1d2h")]
    [InlineData("0s", "00:00:00", "0s")]
    [InlineData("1.02:30:00", "1.02:30:00", "1d2h30m")]
    [InlineData("00:00:00.5000000", "00:00:00.5000000", "00:00:00.5000000")]
    public void A_duration_is_read_and_written(string text, string expected, string shown)
    {
        var duration = DurationText.Parse(text);
        Assert.Equal(expected, duration.ToString("c"));
        Assert.Equal(shown, DurationText.Format(duration));
        Assert.Equal(duration, DurationText.Parse(shown));
    }

    [Theory]
    [InlineData("5"), InlineData(""), InlineData(" "), InlineData("-5m"), InlineData("5 minutes"), InlineData("1.5h"), InlineData("5m2h")]
    [InlineData("m"), InlineData("5m5m"), InlineData("99999999w"), InlineData("-00:05:00"), InlineData("1mo")]
    public void Anything_else_is_refused(string text)
    {
        var problem = Assert.Throws<ReportException>(() => DurationText.Parse(text));
        Assert.Equal(("NotADuration", ReportErrorCategory.ParserError, (object)text),
            (problem.ErrorId, problem.Category, problem.ErrorTarget));
        Assert.Equal($"'{text}' is not a duration. Give numbers with units, such as 90s, 15m, 2h30m, 1d or 1w, or a TimeSpan.",
            problem.Message);
    }
}
