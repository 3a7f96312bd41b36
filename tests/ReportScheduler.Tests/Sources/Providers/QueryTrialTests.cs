using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources.Providers;

public sealed class QueryTrialTests(PostgreSqlServer postgres, MariaDbServer maria) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trial-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("select n, 'x' as s from tried", "n s")]
    [InlineData("update tried set n = n + 1; select n as after from tried where n > @p", "after")]
    [InlineData("delete from tried returning n as gone", "gone")]
    [InlineData("create temp table mine as select 1 as a; insert into tried values (9); select a, 2.5::numeric as b from mine", "a b")]
    [InlineData("create table made (x int); drop table tried; select x from made", "x")]
    [InlineData("begin; update tried set n = 5; commit; select n from tried", "n")]
    [InlineData("begin; create table made2 (x int); commit; select x from made2", null)]
    [InlineData("select writes()", "writes")]
    public void PostgreSQL_is_left_as_it_is(string sql, string? names)
    {
        postgres.Execute("DROP TABLE IF EXISTS tried; CREATE TABLE tried (n int); INSERT INTO tried VALUES (1); "
            + "CREATE OR REPLACE FUNCTION writes() RETURNS int LANGUAGE sql AS 'UPDATE tried SET n = 7 RETURNING n'");
        using (var database = Databases.Open(ReportProvider.PostgreSql, postgres.ConnectionString))
        {
            Assert.Equal(names, Names(database, sql));
            Assert.Equal(1, database.Row("SELECT 1").Single().Value);
        }

        Assert.Equal("1 of 1", postgres.Scalar("SELECT min(n) || ' of ' || count(*) FROM tried"));
        Assert.Equal(0L, postgres.Scalar("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'made%'"));
    }

    [Theory]
    [InlineData("select n, 'x' as s from tried", "n s")]
    [InlineData("update tried set n = n + 1; select n from tried", null)]
    [InlineData("insert into old values (2); select n from old", null)]
    [InlineData("create table made (x int); select x from made", null)]
    [InlineData("create temporary table mine select 1 as a; select a from mine where a > @p", null)]
    [InlineData("call change_it()", null)]
    [InlineData("start transaction read write; update tried set n = 5; commit; select 1 as a", null)]
    [InlineData("select n from tried into outfile '/tmp/never.txt'", null)]
    [InlineData("set session transaction read write; set autocommit = 0; set autocommit = 1; update tried set n = 5; select 1 as a", null)]
    [InlineData("set @@autocommit = 0; set autocommit = 1; update tried set n = 5; select 1 as a", null)]
    [InlineData("prepare s from 'update tried set n = 6'; execute s; select 1 as a", null)]
    [InlineData("set @a = 1; select @a as a", "a")]
    public void MariaDB_is_left_as_it_is(string sql, string? names)
    {
        maria.Execute("DROP TABLE IF EXISTS tried, old, made");
        maria.Execute("CREATE TABLE tried (n int) ENGINE=InnoDB");
        maria.Execute("CREATE TABLE old (n int) ENGINE=MyISAM");
        maria.Execute("INSERT INTO tried VALUES (1)");
        maria.Execute("DROP PROCEDURE IF EXISTS change_it");
        maria.Execute("CREATE PROCEDURE change_it() BEGIN UPDATE tried SET n = 8; SELECT n FROM tried; END");
        using (var database = Databases.Open(ReportProvider.MySql, maria.ConnectionString))
        {
            Assert.Equal(names, Names(database, sql));
        }

        Assert.Equal(1, Convert.ToInt32(maria.Scalar("SELECT n FROM tried"), null));
        Assert.Equal(0, Convert.ToInt32(
            maria.Scalar("SELECT (SELECT COUNT(*) FROM old) + (SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'made')"),
            null));
    }

    [Theory]
    [InlineData("select n, 'x' as s from tried", "n s")]
    [InlineData("update tried set n = n + 1; select n as after from tried where n > @p", "after")]
    [InlineData("create table made (x); insert into made values (1); drop table tried; select x from made", "x")]
    [InlineData("begin; update tried set n = 5; commit; select n from tried", null)]
    [InlineData("pragma user_version = 7; select 1 as a", null)]
    [InlineData("PRAGMA main.query_only = 0; delete from tried; select 1 as a", null)]
    [InlineData("pragma query_only(off); update tried set n = 4; select n from tried", null)]
    [InlineData("pragma journal_mode = wal; select 1 as a", null)]
    [InlineData("pragma application_id = 7; select 1 as a", null)]
    [InlineData("pragma auto_vacuum = full; vacuum; select 1 as a", null)]
    [InlineData("pragma optimize; select 1 as a", null)]
    [InlineData("vacuum; select 1 as a", null)]
    [InlineData("vacuum into '{folder}/made.db'; select 1 as a", null)]
    [InlineData("attach '{folder}/made.db' as m; select 1 as a", null)]
    [InlineData("attach 'file:{folder}/made.db?mode=rwc' as m; select 1 as a", null)]
    [InlineData("attach '{folder}' || '/made.db' as m; select 1 as a", null)]
    [InlineData("attach '{folder}/a.db' as m; select n from m.tried", "n")]
    [InlineData("attach ':memory:' as m; select n from tried", "n")]
    [InlineData("pragma table_info(tried)", "cid name type notnull dflt_value pk")]
    [InlineData("pragma case_sensitive_like = on; select n from tried", "n")]
    public void SQLite_is_left_as_it_is(string sql, string? names)
    {
        var text = $"Data Source={Path.Combine(folder, "a.db")};Mode=ReadWriteCreate";
        using (var made = Databases.Open(ReportProvider.Sqlite, text))
        {
            made.Row("create table tried (n integer); insert into tried values (1); select 1");
        }

        using (var database = Databases.Open(ReportProvider.Sqlite, text))
        {
            Assert.Equal(names, Names(database, sql.Replace("{folder}", folder, StringComparison.Ordinal)));
            Assert.Equal(1L, database.Row("select 1").Single().Value);
        }

        Assert.Equal([Path.Combine(folder, "a.db")], Directory.GetFiles(folder));
        using var left = Databases.Open(ReportProvider.Sqlite, text);
        Assert.Equal([1L, 1L, 0L], left.Row("select n, (select count(*) from sqlite_master), (select user_version + application_id from "
            + "pragma_user_version, pragma_application_id) from tried").Select(value => value.Value));
    }

    [Fact]
    public void SQL_Server_describes_the_query_and_does_not_run_it()
    {
        const string Describe = "EXEC sys.sp_describe_first_result_set @tsql, @params";
        TdsResult columns = new(
            ("is_hidden", [TdsValue.Bit(false), TdsValue.Bit(false), TdsValue.Bit(true)]),
            ("name", [TdsValue.NVarChar("day"), TdsValue.NVarChar(null), TdsValue.NVarChar("key")]),
            ("system_type_name", [TdsValue.NVarChar("date"), TdsValue.NVarChar("decimal(10,2)"), TdsValue.NVarChar("int")]));
        using var server = new TdsResponder(new Dictionary<string, TdsValue>(), new Dictionary<string, TdsResult[]>
        {
            ["USE shop"] = [],
            [Describe] = [columns],
        });
        using var database = Databases.Open(ReportProvider.SqlServer, server.Text());
        var (found, unknown) = database.Describe(
            "USE shop\nGO\nUPDATE t SET a = 1; SELECT day, sum(x) FROM t WHERE d > @since AND n = @n",
            [new ReportParameter("since", new DateOnly(2026, 1, 1)), new ReportParameter("n", 1.25m)],
            Databases.Limit, reader => string.Join(" ", Enumerable.Range(0, reader.FieldCount).Select(column =>
                $"{reader.GetName(column)}:{reader.GetFieldType(column).Name}:{reader.GetDataTypeName(column)}")), CancellationToken.None);
        Assert.Equal(("day:DateTime:date :Decimal:decimal", null), (found, unknown));
        Assert.Equal([("USE shop\n", ""), (Describe, "@tsql nvarchar(4000),@params nvarchar(4000)")], server.Statements);
    }

    [Theory]
    [InlineData("select * from nowhere")]
    [InlineData("update nowhere set a = 1; select 1")]
    public void A_query_that_the_server_would_refuse_is_an_error(string sql)
    {
        foreach (var (provider, text) in new[] { (ReportProvider.PostgreSql, postgres.ConnectionString),
            (ReportProvider.MySql, maria.ConnectionString), (ReportProvider.Sqlite, ":memory:") })
        {
            using var database = Databases.Open(provider, text);
            if (provider == ReportProvider.MySql && sql.StartsWith("update", StringComparison.Ordinal))
            {
                // refused as a write before the table is looked for
                Assert.Null(Names(database, sql));
                continue;
            }

            Assert.Equal("QueryFailed", Assert.Throws<ReportException>(() => Names(database, sql)).ErrorId);
        }
    }

    private static string? Names(ReportDatabase database, string sql)
    {
        var (names, unknown) = database.Describe(
            sql, [new ReportParameter("p", 0)], Databases.Limit,
            reader => string.Join(" ", Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)), CancellationToken.None);
        Assert.NotEqual(names is null, unknown is null);
        return names;
    }
}
