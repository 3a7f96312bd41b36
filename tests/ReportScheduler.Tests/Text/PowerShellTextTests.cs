using System.Management.Automation.Language;
using ReportScheduler.Commands;
using ReportScheduler.Hosting;
using ReportScheduler.Tests.Hosting;
using ReportScheduler.Text;

namespace ReportScheduler.Tests.Text;

/// <summary>PowerShell's own parser says what a literal means.</summary>
public sealed class PowerShellTextTests
{
    [Theory]
    [InlineData("Sales")]
    [InlineData("")]
    [InlineData("Ann's sales")]
    [InlineData("Ann\u2018s sales")]
    [InlineData("Ann\u2019s sales")]
    [InlineData("Ann\u201As sales")]
    [InlineData("Ann\u201Bs sales")]
    [InlineData("'\u2019'")]
    [InlineData("\u201Csmart\u201D $env:HOME `n $(exit)")]
    [InlineData("two\nlines")]
    public void A_quoted_text_is_one_literal_with_the_same_text(string text)
    {
        Assert.Equal(text, Literal(PowerShellText.Quoted(text)));
        var script = HostedCommand.Script(HostedSamples.Job() with { StorePath = text });
        Assert.Contains($"-StorePath {PowerShellText.Quoted(text)}", script, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_quotes_a_name_can_be_pasted()
    {
        var error = CommandErrors.NameIsNoSchedule("Ann\u2019s", new ReportException("x", ReportErrorCategory.InvalidArgument, "x", "x"));
        Assert.Contains("-Name 'Ann\u2019\u2019s'", error.Message, StringComparison.Ordinal);
    }

    private static string Literal(string text)
    {
        var script = Parser.ParseInput(text, out _, out var errors);
        Assert.Empty(errors);
        return Assert.IsType<StringConstantExpressionAst>(
            script.Find(each => each is StringConstantExpressionAst, searchNestedScriptBlocks: true)).Value;
    }
}
