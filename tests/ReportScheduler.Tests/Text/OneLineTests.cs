using ReportScheduler.Text;

namespace ReportScheduler.Tests.Text;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("Übersicht 日本 😀 'x'", "Übersicht 日本 😀 'x'")]
    // another line, a colour, a bell, a title, a cleared screen
    [InlineData("a\r\n2026-01-01 INF b", @"a\r\n2026-01-01 INF b")]
    [InlineData("\u001b[31mred", @"\u001b[31mred")]
    [InlineData("\u009b2J\a\b\0\u007f", @"\u009b2J\u0007\u0008\u0000\u007f")]
    [InlineData("a\tb", "a b")]
    [InlineData("a\u2028b\u2029c\u0085d", @"a\u2028b\u2029c\u0085d")]
    // text that reads the other way
    [InlineData("txt\u202egnp.exe\u2066x\u200f", @"txt\u202egnp.exe\u2066x\u200f")]
    public void What_acts_on_a_terminal_is_written_out(string text, string line) => Assert.Equal(line, OneLine.Of(text));
}
