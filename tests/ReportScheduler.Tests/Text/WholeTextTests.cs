using ReportScheduler.Text;

namespace ReportScheduler.Tests.Text;

public sealed class WholeTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a b", "a b")]
    [InlineData("\U0001F600", "\U0001F600")]
    [InlineData("x\U0001F600\U0001F601y", "x\U0001F600\U0001F601y")]
    [InlineData("\uFFFD", "\uFFFD")]
    public void Whole_text_stays_the_same(string text, string expected)
    {
        Assert.True(WholeText.Is(text));
        Assert.Same(text, WholeText.Of(text));
        Assert.Equal(expected, text);
    }

    // from numbers, since no text of a test can have them in its name
    [Theory]
    [InlineData(new[] { 0x78, 0xD83D }, new[] { 0x78, 0xFFFD })]
    [InlineData(new[] { 0xD83D, 0x78 }, new[] { 0xFFFD, 0x78 })]
    [InlineData(new[] { 0xDE00 }, new[] { 0xFFFD })]
    [InlineData(new[] { 0xDE00, 0xD83D }, new[] { 0xFFFD, 0xFFFD })]
    [InlineData(new[] { 0xD83D, 0xD83D, 0xDE00 }, new[] { 0xFFFD, 0xD83D, 0xDE00 })]
    [InlineData(new[] { 0xD83D, 0xDE00, 0xDE00 }, new[] { 0xD83D, 0xDE00, 0xFFFD })]
    public void Half_characters_are_replaced(int[] text, int[] expected)
    {
        var half = string.Concat(text.Select(code => (char)code));
        Assert.False(WholeText.Is(half));
        Assert.Equal(string.Concat(expected.Select(code => (char)code)), WholeText.Of(half));
    }
}
