using ReportScheduler.Sources;
using ReportScheduler.Sources.Providers.PostgreSql;

namespace ReportScheduler.Tests.Sources.Sql;

public sealed class SqlTextTests
{
    [Theory]
    // every database
    [InlineData(ReportProvider.Sqlite, "select @a", "a")]
    [InlineData(ReportProvider.PostgreSql, "select @A, @b, @a", "A b")]
    [InlineData(ReportProvider.MySql, "where 1<@a and day >@since and b=@b", "a since b")]
    [InlineData(ReportProvider.Sqlite, "where 1<@a and day >@since and x<>@b and y!=@c and z||@d", "a since b c d")]
    [InlineData(ReportProvider.PostgreSql, "where day >@since and a>=@a and b<>@b and x||@c and 1-@d and -@e", "since a b c d e")]
    [InlineData(ReportProvider.PostgreSql, "/* @a */ select 'it''s @b' -- @c", "")]
    // PostgreSQL: operators, nested comments, dollar quotes, E strings, casts and slices
    [InlineData(ReportProvider.PostgreSql, "select j @> '{}', a <@ b, c <@d, e@@f, g ^@h, @c", "c")]
    [InlineData(ReportProvider.PostgreSql, "select j@>@doc, t@@@q, @@ x", "doc")]
    [InlineData(ReportProvider.PostgreSql, "/* a /* @b */ @c */ select @d", "d")]
    [InlineData(ReportProvider.PostgreSql, "select $$ @a $$, $x$ @b $$ @c $x$, a$b$ + @d", "d")]
    [InlineData(ReportProvider.PostgreSql, "select $1, '\\', @a, E'\\'@b', e'''@c', U&'@d'", "a")]
    [InlineData(ReportProvider.PostgreSql, "select \"@a\", l[1:n], x::int, f(y := @b), @\u00e9t\u00e9", "b \u00e9t\u00e9")]
    // MySQL: # comments, -- needs a space, backslashes, user variables, accounts
    [InlineData(ReportProvider.MySql, "select 1 # it's @a\n, @b", "b")]
    [InlineData(ReportProvider.MySql, "select 5--@a -- @b\n, 'x\\'@c', \"\\\"@d\", `@e`", "a")]
    [InlineData(ReportProvider.MySql, "select @@version, @'x', @`y`, /* @a /* */ @b", "b")]
    [InlineData(ReportProvider.MySql, "SET @n = 1, @o = 2; SELECT @n := @n + 1, @m, @o, @p := 3", "m")]
    [InlineData(ReportProvider.MySql, "select max(a), min(a) from t into @hi, @lo; select @hi - @lo + @m", "m")]
    [InlineData(ReportProvider.MySql, "call p(@from, @total); select @total", "from")]
    [InlineData(ReportProvider.MySql, "update t set a = @a, b = 1 where c = @c; show grants for root@localhost", "a c")]
    // SQLite: three signs, brackets, no nesting, no backslashes
    [InlineData(ReportProvider.Sqlite, "select @a, :b, $c, [@d], \"@e\", `@f`", "a b c")]
    [InlineData(ReportProvider.Sqlite, "/* /* @a */ select '\\', @b", "b")]
    public void A_query_needs_the_parameters_that_its_database_sees(string provider, string sql, string names) =>
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), DatabaseProviders.Named(provider).Read(sql).Needed);

    [Theory]
    [InlineData(ReportProvider.PostgreSql, "select :a, b <@c", "a c")]
    [InlineData(ReportProvider.MySql, "SET @n = 1; SELECT @n", "n")]
    [InlineData(ReportProvider.SqlServer, "SELECT x.value('(/a[@id = sql:variable(\"@id\")])[1]', 'int') FROM t", "id")]
    public void A_query_may_mention_more_than_it_needs(string provider, string sql, string names)
    {
        var text = DatabaseProviders.Named(provider).Read(sql);
        Assert.Empty(text.Needed);
        Assert.All(names.Split(' '), name => Assert.True(text.Mentions(name), name));
    }

    [Theory]
    [InlineData(ReportProvider.MySql, "select ':a'")]
    [InlineData(ReportProvider.MySql, "select :a")]
    [InlineData(ReportProvider.SqlServer, "select :a, $a, [@a], DATEPART(hour, d) -- @a")]
    [InlineData(ReportProvider.SqlServer, "DECLARE @a int; EXEC p @A = 1")]
    [InlineData(ReportProvider.PostgreSql, "select '@a', x@@a")]
    public void What_is_no_parameter_is_not_mentioned(string provider, string sql) =>
        Assert.False(DatabaseProviders.Named(provider).Read(sql).Mentions("a"));

    [Theory]
    [InlineData("select 1", 1)]
    [InlineData("select 1; -- end", 1)]
    [InlineData("; ;select ';' || $$;$$; /* ; */ select (1;2)", 2)]
    [InlineData("create function f() returns int begin atomic; select 1; select case when true then 2 end; end; select f()", 2)]
    [InlineData("", 1)]
    public void PostgreSQL_gets_one_statement_after_the_other(string sql, int count) =>
        Assert.Equal(count, new PostgreSqlProvider().Read(sql).Batches.Count);

    [Theory]
    [InlineData("select 1; select 2", true)]
    [InlineData("begin; select 1; commit; select 2", false)]
    [InlineData("select 1", false)]
    public void Several_statements_are_a_transaction_unless_they_say_so_themselves(string sql, bool isNeeded) =>
        Assert.Equal(isNeeded, new PostgreSqlProvider().Read(sql).IsTransactionNeeded);
}
