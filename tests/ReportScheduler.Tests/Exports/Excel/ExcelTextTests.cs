using ReportScheduler.Exports.Excel;

namespace ReportScheduler.Tests.Exports.Excel;

public sealed class ExcelTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a<b>&\"", "a&lt;b&gt;&amp;&quot;")]
    [InlineData("tab\tline\n", "tab\tline\n")]
    [InlineData("\r\0\u001F", "_x000D__x0000__x001F_")]
    [InlineData("_x0041_ _x004_ _", "_x005F_x0041_ _x004_ _")]
    [InlineData("\uFFFE\uFFFF", "_xFFFE__xFFFF_")]
    [InlineData("\U0001F600 ü 漢", "\U0001F600 ü 漢")]
    public void Text_is_escaped_as_the_standard_says(string text, string xml) => Assert.Equal(xml, ExcelText.Escape(text));

    [Fact]
    public void Half_a_surrogate_pair_is_escaped() => Assert.Equal("a_xD83D_b", ExcelText.Escape("a\uD83Db"));

    [Fact]
    public void A_long_text_is_cut_before_a_surrogate_pair_and_not_in_it()
    {
        Assert.Equal(32767, ExcelText.Cut(new string('x', 40000)).Length);
        Assert.Equal(32766, ExcelText.Cut(new string('x', 32766) + "\U0001F600").Length);
        Assert.Equal(32767, ExcelText.Cut(new string('x', 32767)).Length);
    }
}
