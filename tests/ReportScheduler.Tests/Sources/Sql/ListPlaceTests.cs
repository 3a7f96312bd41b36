using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources.Sql;

/// <summary>A list where one value belongs, and more values than a statement takes, are refused before anything is sent.</summary>
public sealed class ListPlaceTests
{
    [Theory]
    // one value belongs there
    [InlineData("SELECT 1 WHERE a = @ids", "'='")]
    [InlineData("SELECT 1 WHERE a = (@ids)", "'='")]
    [InlineData("SELECT 1 WHERE a <> @ids", "'<>'")]
    [InlineData("SELECT 1 WHERE a >= (@ids) AND b = 1", "'>='")]
    [InlineData("SELECT 1 WHERE lower(a) = @ids", "'='")]
    [InlineData("SELECT 1 WHERE coalesce(a, b) = @ids", "'='")]
    [InlineData("SELECT 1 WHERE a LIKE @ids", "'LIKE'")]
    [InlineData("SELECT 1 WHERE a NOT LIKE (@ids)", "'LIKE'")]
    [InlineData("SELECT 1 WHERE a BETWEEN @ids AND 3", "'BETWEEN'")]
    [InlineData("SELECT @ids AS a", "'SELECT'")]
    [InlineData("SELECT 1 LIMIT @ids", "'LIMIT'")]
    [InlineData("SELECT a + @ids FROM t", "'+'")]
    // a list belongs there
    [InlineData("SELECT 1 WHERE a IN (@ids)", null)]
    [InlineData("SELECT 1 WHERE a IN @ids", null)]
    [InlineData("SELECT 1 WHERE a NOT IN (0, @ids)", null)]
    [InlineData("SELECT 1 WHERE (a, b) = @ids", null)]
    [InlineData("SELECT 1 WHERE (a, lower(b)) >= (@ids)", null)]
    [InlineData("SELECT coalesce(@ids) AS a", null)]
    [InlineData("VALUES (@ids)", null)]
    [InlineData("SELECT 1 WHERE a = 1 OR b IN (@ids)", null)]
    public void A_list_stands_where_a_list_belongs(string sql, string? before)
    {
        var provider = DatabaseProviders.Named("Sqlite");
        Action bind = () => provider.Bind(provider.Read(sql).Batches[0], [new ReportParameter("ids", new object[] { 1, 2 })]);
        var problem = Record.Exception(bind) as ReportException;
        Assert.Equal(before is null ? null : "ListNotUsable", problem?.ErrorId);
        Assert.Contains(before is null ? "" : $"stands behind {before}", $"{problem?.Message}", StringComparison.Ordinal);
        // one value is one value
        provider.Bind(provider.Read(sql).Batches[0], [new ReportParameter("ids", new object[] { 1 })]);
    }

    [Theory]
    [InlineData("SqlServer", 2098, 2099)]
    [InlineData("PostgreSql", 65535, 65536)]
    [InlineData("Sqlite", 32766, 32767)]
    public void A_statement_takes_so_many_parameters(string provider, int most, int tooMany)
    {
        Assert.Equal(most, DatabaseProviders.Named(provider).MostParameters);
        Assert.True(tooMany > most);
    }

    [Fact]
    public void Too_many_parameters_are_refused_before_they_are_sent_and_the_most_are_taken()
    {
        using var responder =
            new TdsResponder(new Dictionary<string, TdsValue>()) { Script = _ => [.. TdsResponder.Rows(1), .. TdsResponder.End(1)] };
        using var database = Databases.Open(ReportProvider.SqlServer, responder.Text());
        var problem =
            Assert.Throws<ReportException>(() => database.Row("SELECT 1 WHERE a IN (@ids) AND b = @b", ("ids", Ints(2098)), ("b", 1)));
        Assert.Equal("TooManyParameters", problem.ErrorId);
        Assert.Contains("2,099 parameters with the values of its lists, and SqlServer takes 2,098 at most", problem.Message,
            StringComparison.Ordinal);
        Assert.Empty(responder.Statements);
        Assert.Equal(1, database.Row("SELECT 1 WHERE a IN (@ids) AND b = @b", ("ids", Ints(2097)), ("b", 1)).Single().Value);

        using var sqlite = Databases.Open(ReportProvider.Sqlite, ":memory:");
        Assert.Equal("TooManyParameters",
            Assert.Throws<ReportException>(() => sqlite.Row("SELECT 1 WHERE 1 IN (@ids)", ("ids", Ints(32767)))).ErrorId);
        Assert.Equal(1L, sqlite.Row("SELECT 1 AS v WHERE 32766 IN (@ids)", ("ids", Ints(32766))).Single().Value);
    }

    [Theory]
    [InlineData("", "is empty, and SQL has no empty list")]
    [InlineData("null", "has a null in it")]
    [InlineData("list", "has a list in it")]
    public void A_list_that_cannot_be_bound_says_why(string kind, string words)
    {
        object?[] items = kind switch { "" => [], "null" => [1, null], _ => [1, new[] { 2 }] };
        var problem = Assert.Throws<ReportException>(() => ReportParameters.Check(new Dictionary<string, object> { ["ids"] = items }));
        Assert.Equal("ParameterValueNotUsable", problem.ErrorId);
        Assert.Contains($"The list of the parameter 'ids' {words}", problem.Message, StringComparison.Ordinal);
    }

    private static int[] Ints(int count) => [.. Enumerable.Range(1, count)];
}
