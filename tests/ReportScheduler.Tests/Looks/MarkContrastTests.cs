using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Tests.Looks;

/// <summary>Text can be read on every colour that a rule may give a cell, and marks can be told from the paper.</summary>
public sealed class MarkContrastTests
{
    private const double LeastOfMarks = 3;

    public static TheoryData<string> Fills =>
        ["red", "orange", "yellow", "green", "blue", "purple", "grey",
            "#000000", "#FFFFFF", "#FF0000", "#00FF00", "#0000FF", "#B42318", "#1A7F4B"];

    [Theory]
    [MemberData(nameof(Fills))]
    public void Ink_can_be_read_on_a_fill_in_the_dark(string color)
    {
        var fill = new Rgb(HighlightLook.Rgb(Rule($"greater 5 {color}").Colors[0]));
        var dark = Theme.Standard.Dark;
        Assert.InRange(dark.Ink.Contrast(DarkTint.Of(fill, dark)), Theme.LeastContrast, 21);
    }

    [Theory]
    [InlineData("red")]
    [InlineData("orange")]
    [InlineData("yellow")]
    [InlineData("green")]
    [InlineData("blue")]
    [InlineData("purple")]
    [InlineData("grey")]
    public void Ink_and_links_can_be_read_on_the_fills_that_have_names(string color)
    {
        var fill = new Rgb(HighlightLook.Rgb(Rule($"greater 5 {color}").Colors[0]));
        Assert.InRange(Theme.Standard.Light.Ink.Contrast(fill), Theme.LeastContrast, 21);
        // what stands behind the number: a bar lets the paper through
        var bar = new Rgb(HighlightLook.Rgb(Rule($"databar {color}").Colors[0]));
        Assert.InRange(Theme.Standard.Light.Ink.Contrast(bar.Over(Theme.Standard.Light.Paper, 0.6)), Theme.LeastContrast, 21);
        Assert.InRange(Theme.Standard.Light.Ink.Contrast(new Rgb(HighlightLook.Pale(bar.Value))), Theme.LeastContrast, 21);
    }

    [Theory]
    [InlineData("colorscale")]
    [InlineData("colorscale green #FFFFFF red")]
    public void Ink_can_be_read_along_a_whole_scale(string rule)
    {
        for (var step = 0; step <= HighlightLook.Steps; step++)
        {
            var fill = new Rgb(HighlightLook.Scale(Rule(rule), step));
            Assert.InRange(Theme.Standard.Light.Ink.Contrast(fill), Theme.LeastContrast, 21);
            Assert.InRange(Theme.Standard.Dark.Ink.Contrast(DarkTint.Of(fill, Theme.Standard.Dark)), Theme.LeastContrast, 21);
        }
    }

    [Fact]
    public void Arrows_can_be_told_from_the_paper()
    {
        foreach (var (shades, icons) in new[]
        {
            (Theme.Standard.Light, HighlightLook.IconColors), (Theme.Standard.Dark, HighlightLook.DarkIconColors),
        })
        {
            Assert.All(icons, icon => Assert.InRange(new Rgb(icon).Contrast(shades.Paper), Theme.LeastContrast, 21));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Series_can_be_told_from_the_paper(bool isDark)
    {
        var shades = isDark ? Theme.Standard.Dark : Theme.Standard.Light;
        // two of the palette are a shade below it on white, and have their names beside them
        var least = isDark ? LeastOfMarks : 2.8;
        Assert.All(shades.Series, color => Assert.InRange(color.Contrast(shades.Paper), least, 21));
    }

    private static HighlightRule Rule(string text) => Assert.Single(HighlightRule.Of(text));
}
