using Microsoft.SqlServer.TransactSql.ScriptDom;
using ReportScheduler.Sources.Providers.MySql;
using ReportScheduler.Sources.Providers.SqlServer;

namespace ReportScheduler.Tests.Queries.Sql;

/// <summary>T-SQL as we read it, and as Microsoft's own parser does.</summary>
public sealed class SqlServerTextTests
{
    private static readonly (string Sql, string Names)[] Table =
    [
        ("SELECT @a, @b WHERE 1<@c AND day >@since", "a b c since"),
        // the arguments of a procedure
        ("EXEC dbo.SalesSince @from = '2026-11-01'", ""),
        ("EXEC dbo.SalesSince @from = @since", "since"),
        ("EXECUTE [dbo].[Sales Since] @from = @since, @to = DEFAULT, @n = -1, @s = N'x', @t = sysname", "since"),
        ("EXEC p @from = @from", "from"),
        ("EXEC p @a, @b = @c; SELECT @b", "a c b"),
        ("DECLARE @rc int; EXEC @rc = db..p @x = @y; SELECT @rc", "y"),
        ("DECLARE @t int; EXEC p @total = @t OUTPUT, @day = @day; SELECT @t AS total", "day"),
        ("DECLARE @t int EXEC p @total = @t OUT SELECT @t, @z", "z"),
        ("EXEC sp_executesql N'SELECT * FROM t WHERE d > @s', N'@s date', @s = @since", "since"),
        ("EXEC sp_executesql @stmt = N'SELECT @s', @params = N'@s date', @s = @since", "since"),
        ("DECLARE @i dbo.IdList; INSERT INTO @i SELECT 1; EXEC p @ids = @i", ""),
        ("INSERT INTO #t EXEC p @from = @since", "since"),
        ("EXEC ('SELECT ' + @what) AT remote", "what"),
        ("dbo.SalesSince @from = '2026-11-01', @to = @until", "until"),
        ("sp_who2 @loginame = @who", "who"),
        ("EXEC p;2 @a = @b", "b"),
        ("IF @x = 1 EXEC p @x = 2 ELSE EXEC q @y = @z", "x z"),
        ("EXECUTE AS USER = 'x'; SELECT @a = 1, @b", "a b"),
        // modules
        ("CREATE PROC #p @a int AS SELECT @a", ""),
        ("CREATE OR ALTER PROCEDURE #p (@a int = 1, @b int OUTPUT) AS BEGIN DECLARE @c int; SELECT @a, @c END", ""),
        ("ALTER FUNCTION f(@a int) RETURNS int AS BEGIN RETURN @a END", ""),
        ("CREATE TABLE #t (a int); SELECT @a", "a"),
        // variables
        ("DECLARE @a int = (SELECT 1), @b int; SELECT @a, @b, @c", "c"),
        ("DECLARE @a AS date = DATEADD(day, -1, @now), @b varchar(10) = 'x,@y' DECLARE @t TABLE (a int, b int) SELECT @a, @b, @d AS x, "
            + "@e FROM @t", "now d e"),
        ("DECLARE c CURSOR FOR SELECT @a; OPEN c", "a"),
        ("DECLARE @a int; SET @a = @b; SELECT @a += 1", "b"),
        ("SELECT @@ROWCOUNT, @a", "a"),
        ("SELECT @fr\u00e5n, @\u65e5\u4ed8, @a#b$c@d, @_x", "fr\u00e5n \u65e5\u4ed8 a#b$c@d _x"),
        // quotes and comments
        ("SELECT 'C:\\temp\\', @a, 'it''s @b'", "a"),
        ("SELECT 1 AS [@id], 2 AS [a]]@b], \"@c\", @d", "d"),
        ("/* a /* @b */ @c */ SELECT @d -- @e", "d"),
        ("SELECT N'@a' + @b, a@b, #t.x FROM #t", "b"),
        ("SELECT a FROM t WHERE x IN (@ids) OR y LIKE '%' + @q + '%' ORDER BY 1 OFFSET @o ROWS", "ids q o"),
        ("MERGE t USING (SELECT @a AS id) s ON s.id = t.id WHEN MATCHED THEN UPDATE SET x = @b;", "a b"),
    ];

    public static TheoryData<string, string> Texts => [.. Table];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_needs_the_parameters_that_it_does_not_declare(string sql, string names)
    {
        var expected = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, new SqlServerProvider().Read(sql).Needed);
        if (Parse(sql) is { } script)
        {
            var oracle = new Oracle();
            script.Accept(oracle);
            Assert.Equal(expected.Order(StringComparer.Ordinal), oracle.Needed.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_oracle_understands_all_texts_but_two() => Assert.True(
        Table.Count(row => Parse(row.Sql) is null) <= 2,
        string.Join("\n", Table.Where(row => Parse(row.Sql) is null).Select(row => row.Sql)));

    [Theory]
    [InlineData("SELECT 1\nGO\nSELECT 2", "SELECT 1*1|SELECT 2*1")]
    [InlineData("SELECT 1\r\n  go  \r\nSELECT 2\r\nGo", "SELECT 1*1|SELECT 2*1")]
    [InlineData("SELECT 1\nGO 5\nSELECT 2\nGO -- next\nSELECT 3\nGO 2 /* twice */\n", "SELECT 1*5|SELECT 2*1|SELECT 3*2")]
    [InlineData("GO\n\nGO\nSELECT 1\nGO\nGO", "SELECT 1*1")]
    [InlineData("SELECT '\nGO\n', \"\nGO\n\", [\nGO\n] /*\nGO\n/*\nGO\n*/\nGO\n*/ -- GO\nGO\nSELECT 2", null)]
    [InlineData("SELECT 1 GO\nSELECT 2 AS x,\n GO.a FROM GO", "SELECT 1 GO\nSELECT 2 AS x,\n GO.a FROM GO*1")]
    [InlineData("SELECT 1\nGO;\nSELECT 2", "SELECT 1*1|SELECT 2*1")]
    [InlineData("SELECT 1\nGO /* over\ntwo lines */ SELECT 2", "SELECT 1*1|/* over\ntwo lines */ SELECT 2*1")]
    [InlineData("-- nothing", "-- nothing*1")]
    public void A_script_is_split_at_GO(string sql, string? batches)
    {
        var split = SqlServerBatches.Split(sql).ToList();
        if (batches is not null)
        {
            Assert.Equal(batches, string.Join("|", split.Select(batch => $"{batch.Text.Trim()}*{batch.Times}")));
        }
        else
        {
            Assert.Equal(((TSqlScript)Parse(sql)!).Batches.Count, split.Count);
        }
    }

    [Fact]
    public void GO_separates_on_SQL_Server_only() => Assert.Single(new MySqlProvider().Read("SELECT 1\nGO\n").Batches);

    private static TSqlFragment? Parse(string sql)
    {
        using var reader = new StringReader(sql);
        var script = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Count == 0 ? script : null;
    }

    private sealed class Oracle : TSqlFragmentVisitor
    {
        private readonly HashSet<string> mentioned = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> declared = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<VariableReference> theirs = [];

        public IEnumerable<string> Needed => mentioned.Except(declared, StringComparer.OrdinalIgnoreCase).Select(name => name[1..]);

        public override void ExplicitVisit(ExecuteParameter node)
        {
            if (node.Variable is not null)
            {
                theirs.Add(node.Variable);
            }

            base.ExplicitVisit(node);
        }

        public override void Visit(VariableReference node)
        {
            if (!theirs.Contains(node))
            {
                mentioned.Add(node.Name);
            }
        }

        public override void Visit(DeclareVariableElement node) => declared.Add(node.VariableName.Value);

        public override void Visit(DeclareTableVariableBody node)
        {
            if (node.VariableName is not null)
            {
                declared.Add(node.VariableName.Value);
            }
        }
    }
}
