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
        // the module's own look, and brands from dark to the palest that is allowed
        foreach (var brand in new[] { null, "#000000", "#0B7A4B", "#767676", "#C2185B", "#AA6600", "#00007F", "#D50000" })
        {
            var theme = brand is null ? Theme.Standard : Theme.Of(new ReportTheme { Name = "t", BrandColor = ThemeRules.Color(brand) });
            var shades = isDark ? theme.Dark : theme.Light;
            var contrast = Named(shades, text).Contrast(Named(shades, paper));
            // a stripe is a shade off the paper: the palest brand that is allowed has hardly less there
            var least = text == "Accent" && paper == "Stripe" && !isDark ? 4.2 : Theme.LeastContrast;
            Assert.True(contrast >= least, $"{text} on {paper} has {contrast:0.00} with {brand}");
        }
    }

    [Theory]
    [InlineData("#0B5394", "#0B5394")]
    [InlineData("0b5394", "#0B5394")]
    [InlineData(" #0b5394 ", "#0B5394")]
    [InlineData("#05a", "#0055AA")]
    [InlineData("navy", "#000080")]
    [InlineData("Teal", "#008080")]
    public void A_brand_colour_is_hex_or_a_name(string given, string color) => Assert.Equal(color, ThemeRules.Color(given));

    [Theory]
    [InlineData("#FF9900", "BrandColorTooPale", "2.1:1")]
    [InlineData("#777777", "BrandColorTooPale", "4.4:1")]
    [InlineData("yellow", "BrandColorTooPale", "1.0:1")]
    [InlineData("white", "BrandColorTooPale", "1.0:1")]
    [InlineData("#12345", "BrandColorUnknown", "'#12345'")]
    [InlineData("rgb(1,2,3)", "BrandColorUnknown", "is not a colour")]
    [InlineData("ButtonFace", "BrandColorUnknown", "'ButtonFace'")]
    [InlineData("Transparent", "BrandColorUnknown", "'Transparent'")]
    [InlineData("blurple", "BrandColorUnknown", "'blurple'")]
    public void A_brand_colour_that_cannot_be_read_is_refused(string given, string id, string words)
    {
        var problem = Assert.Throws<ReportException>(() => ThemeRules.Color(given));
        Assert.Equal(id, problem.ErrorId);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#FF9900")]
    [InlineData("#FFFFFF")]
    [InlineData("#00FF00")]
    [InlineData("#FFD1DC")]
    public void The_shade_that_is_proposed_is_accepted(string pale)
    {
        var problem = Assert.Throws<ReportException>(() => ThemeRules.Color(pale));
        var proposed = problem.Message[(problem.Message.LastIndexOf('#'))..][..7];
        Assert.Equal(proposed, ThemeRules.Color(proposed));
    }

    [Theory]
    [InlineData("#0B7A4B", "#0B7A4B", "#2563A6", "#E07B39", "#B23A48", "#7A5BA8", "#8A94A3")]
    [InlineData("#2563A6", "#2563A6", "#E07B39", "#2A9D8F", "#B23A48", "#7A5BA8", "#8A94A3")]
    [InlineData("#B71C1C", "#B71C1C", "#2563A6", "#E07B39", "#2A9D8F", "#7A5BA8", "#8A94A3")]
    public void The_brand_is_the_first_series_in_place_of_the_one_that_it_is_most_like(string brand, params string[] series)
    {
        var theme = Theme.Of(new ReportTheme { Name = "t", BrandColor = brand });
        Assert.Equal(series, theme.Light.Series.Select(color => color.Hex));
        Assert.Equal(6, theme.Dark.Series.Distinct().Count());
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
