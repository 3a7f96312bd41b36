using ReportScheduler.Secrets;

namespace ReportScheduler.Tests.Secrets;

public sealed class SecretErrorsTests
{
    [Theory]
    [InlineData("42601: syntax error\n\nPOSITION: 8", "42601: syntax error POSITION: 8")]
    [InlineData("42501: permission denied\r\n\r\nDETAIL: Detail redacted as it may contain sensitive data. Specify 'Include Error Detail' "
        + "in the connection string to include this information.", "42501: permission denied")]
    public void The_words_of_a_driver_are_one_line_without_what_is_no_news(string words, string line) =>
        Assert.Equal(line, SecretErrors.OneLine(new InvalidOperationException(words)));
}
