using System.Collections.Specialized;
using ReportScheduler.Conditions;

namespace ReportScheduler.Tests.Conditions;

public sealed class FigureDefinitionTests
{
    [Theory]
    [InlineData("sum(amount)", "TOTAL(AMOUNT)", false, false)]
    [InlineData("total(amount)", "TOTAL(AMOUNT)", false, false)]
    [InlineData(" SUM ( amount ) ", "TOTAL(AMOUNT)", false, false)]
    [InlineData("sum([net amount])", "TOTAL(NET AMOUNT)", false, false)]
    [InlineData("count()", "ROWS()", false, false)]
    [InlineData("rows", "ROWS()", false, false)]
    [InlineData("count(id)", "COUNT(ID)", false, false)]
    [InlineData("distinct(customer)", "DISTINCT(CUSTOMER)", false, false)]
    [InlineData("Orders.max(amount)", "ORDERS.MAXIMUM(AMOUNT)", false, false)]
    [InlineData("Orders.count()", "ORDERS.ROWS()", false, false)]
    [InlineData("sum(amount) vs last run", "TOTAL(AMOUNT)", true, false)]
    [InlineData("sum(amount) VS LAST", "TOTAL(AMOUNT)", true, false)]
    [InlineData("sum(errors) vs. last run, lower is better", "TOTAL(ERRORS)", true, true)]
    [InlineData("sum(errors) vs last run lower is better", "TOTAL(ERRORS)", true, true)]
    [InlineData("sum(sales) vs last run, higher is better", "TOTAL(SALES)", true, false)]
    public void A_figure_is_read(string text, string key, bool isChange, bool isLowerBetter)
    {
        var figure = Assert.Single(FigureDefinition.All(Task(("X", text))));
        Assert.Equal((key, isChange, isLowerBetter), (figure.Key, figure.IsChange, figure.IsLowerBetter));
    }

    [Theory]
    [InlineData("", "the end stands where a value is expected")]
    [InlineData("sum", "at position 4 the end stands where a column in parentheses is expected")]
    [InlineData("sum(", "at position 5 the end stands where a column is expected")]
    [InlineData("sum()", "stands where a column is expected")]
    [InlineData("sum(a", "closing parenthesis is expected")]
    [InlineData("sum(a) > 3", "at position 8 '>' is too much")]
    [InlineData("sum(a) and rows", "'and' is too much")]
    [InlineData("sum(a) + sum(b)", "'+' is not understood")]
    [InlineData("sum(a) vs last week", "'vs' is too much")]
    [InlineData("sum(a), lower is better", "belongs behind 'vs last run'")]
    [InlineData("median(a)", "'median' is not known")]
    [InlineData("summ(a)", "Did you mean 'sum'?")]
    [InlineData("5", "is a fixed value")]
    [InlineData("'text'", "is a fixed value")]
    [InlineData("yesterday", "is a fixed value")]
    [InlineData("added", "is for -SendWhen")]
    [InlineData("'open", "a ' has no end")]
    public void What_is_no_figure_is_refused_with_its_place(string text, string words)
    {
        var problem = Assert.Throws<ReportException>(() => FigureDefinition.All(Task(("Revenue", text))));
        Assert.Equal("KeyFigureNotUsable", problem.ErrorId);
        Assert.StartsWith($"The key figure 'Revenue' cannot be '{text}': ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_told_apart_and_there_are_at_most_four()
    {
        Assert.Equal(["revenue", "average_order", "größe", "_2nd", "net__eur"],
            FigureDefinition.All(Task(("Revenue", "rows"), ("Average order", "rows"), ("Größe", "rows"), ("2nd", "rows")))
                .Select(figure => figure.Slug).Append(FigureDefinition.All(Task(("Net, EUR", "rows")))[0].Slug));
        Assert.Equal("KeyFigureNotUsable", Id(("a b", "rows"), ("a-b", "rows")));
        Assert.Equal("KeyFigureNotUsable", Id(("", "rows")));
        Assert.Equal("KeyFigureNotUsable", Id((new string('x', 41), "rows")));
        Assert.Equal("KeyFigureNotUsable", Id(("a", 5)));
        Assert.Equal("KeyFigureNotUsable", Id(("a", null)));
        Assert.Equal("KeyFiguresTooMany", Id(("a", "rows"), ("b", "rows"), ("c", "rows"), ("d", "rows"), ("e", "rows")));
    }

    private static string Id(params (string, object?)[] figures) =>
        Assert.Throws<ReportException>(() => FigureDefinition.All(Task(figures))).ErrorId;

    private static ReportTask Task(params (string Name, object? Text)[] figures)
    {
        var all = new OrderedDictionary();
        Array.ForEach(figures, figure => all.Add(figure.Name, figure.Text));
        return new ReportTask { Name = "t", KeyFigure = all };
    }
}
