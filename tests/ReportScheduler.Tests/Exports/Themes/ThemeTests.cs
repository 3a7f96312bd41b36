using ReportScheduler.Exports.Themes;

namespace ReportScheduler.Tests.Exports.Themes;

public sealed class ThemeTests
{
    public static TheoryData<bool, string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<bool, string, string>();
            foreach (var isDark in new[] { false, true })
            {
                foreach (var text in new[] { "Ink", "Muted", "Accent", "Good", "Bad", "Warning" })
                {
                    pairs.Add(isDark, text, "Paper");
                    pairs.Add(isDark, text, "Stripe");
                }

                foreach (var fill in new[] { "Desk", "Group", "Good tint", "Bad tint", "Warning tint", "Accent tint" })
                {
                    pairs.Add(isDark, "Ink", fill);
                }

                pairs.Add(isDark, "Muted", "Desk");
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Text_can_be_read_on_everything_that_it_stands_on(bool isDark, string text, string paper)
    {
        var shades = isDark ? Theme.Standard.Dark : Theme.Standard.Light;
        var contrast = Named(shades, text).Contrast(Named(shades, paper));
        Assert.True(contrast >= Theme.LeastContrast, $"{text} on {paper} has {contrast:0.00}");
    }

    [Theory]
    [InlineData("#000000", "#FFFFFF", 21)]
    [InlineData("#FFFFFF", "#000000", 21)]
    [InlineData("#777777", "#FFFFFF", 4.48)]
    [InlineData("#1B1F24", "#1B1F24", 1)]
    public void Contrast_is_that_of_WCAG(string one, string other, double contrast) =>
        Assert.Equal(contrast, Rgb.Of(one).Contrast(Rgb.Of(other)), 2);

    [Fact]
    public void Series_after_the_last_colour_are_paler_ones_of_the_same()
    {
        var light = Theme.Standard.Light;
        Assert.Equal(["#2563A6", "#E07B39", "#2A9D8F", "#B23A48", "#7A5BA8", "#8A94A3"], light.Series.Select(color => color.Hex));
        Assert.Equal(12, Enumerable.Range(0, 12).Select(light.SeriesOf).Distinct().Count());
    }

    private static Rgb Named(Shades shades, string name) => name.EndsWith(" tint", StringComparison.Ordinal)
        ? shades.Fill(Named(shades, name[..^5]))
        : (Rgb)typeof(Shades).GetProperty(name)!.GetValue(shades)!;
}
