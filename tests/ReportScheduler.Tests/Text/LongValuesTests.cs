using ReportScheduler.Text;

namespace ReportScheduler.Tests.Text;

public sealed class LongValuesTests
{
    [Theory]
    [InlineData("'{0}' cannot be the -Format of the column 'a'.", true)]
    [InlineData("It's wrong: the column '{0}' of 'b' isn't there.", true)]
    // text of others between quotes that belong to other values
    [InlineData("The report 'a' failed: {0} and 'b'.", false)]
    public void A_long_value_in_quotes_is_shown_by_its_beginning(string message, bool isShorter)
    {
        var value = new string('x', 40_000);
        var whole = message.Replace("{0}", value, StringComparison.Ordinal);
        Assert.Equal(isShorter
            ? message.Replace("{0}", new string('x', 100) + "... (40,000 characters)", StringComparison.Ordinal)
            : whole, LongValues.Shorten(whole, null));
    }

    [Fact]
    public void A_value_with_quotes_in_it_is_known_by_the_target()
    {
        var value = string.Concat(Enumerable.Repeat("it's 'so' ", 1_000));
        var problem = ReportErrors.ColumnOptionNotUsable("Format", "a", value, "a number format");
        Assert.InRange(problem.Message.Length, 100, 300);
        Assert.Equal(value, problem.ErrorTarget);
    }

    [Fact]
    public void A_path_of_an_ordinary_length_stays_whole()
    {
        var path = "/srv/" + new string('p', 250);
        Assert.Contains(path, LongValues.Shorten($"The file '{path}' is not there. " + new string('.', 300), path),
            StringComparison.Ordinal);
    }
}
