using Npgsql;
using ReportScheduler.Runs;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Providers.Odbc;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources.Providers;

/// <summary>ODBC with the drivers of PostgreSQL, SQLite and SQL Server: parameters, values,
/// errors, and what is said when something is not installed.</summary>
public sealed class OdbcTests(PostgreSqlServer postgres) : IDisposable
{
    internal const string NoDriver = "unixODBC and its drivers are not here: apt install unixodbc odbc-postgresql libsqliteodbc tdsodbc";
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    public static TheoryData<string, object?, Type> OfPostgreSql => new()
    {
        // text
        { "'007'::text", "007", typeof(string) },
        { "'12345678901234567890'::text", "12345678901234567890", typeof(string) },
        { "''::text", "", typeof(string) },
        { "NULL::text", null, typeof(string) },
        { "'ab'::char(4)", "ab  ", typeof(string) },
        { "repeat('x', 9000)::text", new string('x', 9000), typeof(string) },
        // numbers
        { "9223372036854775807::bigint", 9223372036854775807L, typeof(long) },
        { "-7::smallint", (short)-7, typeof(short) },
        { "1234567890123456.78::numeric(18,2)", 1234567890123456.78m, typeof(decimal) },
        { "1.500::numeric", 1.500m, typeof(decimal) },
        { "NULL::numeric", null, typeof(decimal) },
        { "12345678901234567890123456789012345678.99::numeric", "12345678901234567890123456789012345678.99", typeof(decimal) },
        { "'NaN'::numeric", "NaN", typeof(decimal) },
        { "0.1::double precision", 0.1, typeof(double) },
        { "true", true, typeof(bool) },
        { "false", false, typeof(bool) },
        { "NULL::boolean", null, typeof(bool) },
        // dates and times
        { "date '2024-02-29'", new DateOnly(2024, 2, 29), typeof(DateOnly) },
        { "NULL::date", null, typeof(DateOnly) },
        { "timestamp '2024-02-29 13:14:15.123456'", new DateTime(2024, 2, 29, 13, 14, 15, 123, 456), typeof(DateTime) },
        { "timestamp '2024-02-29 13:14:15'", new DateTime(2024, 2, 29, 13, 14, 15), typeof(DateTime) },
        { "time '13:14:15.5'", new TimeSpan(0, 13, 14, 15, 500), typeof(TimeSpan) },
        { "time '24:00'", TimeSpan.FromDays(1), typeof(TimeSpan) },
        { "interval '1 mon 2 days'", "1 mon 2 days", typeof(string) },
        // the rest
        { "'6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid", System.Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), typeof(Guid) },
        { "'\\x00ff'::bytea", new byte[] { 0, 255 }, typeof(byte[]) },
        { "'{\"a\": 1}'::jsonb", "{\"a\": 1}", typeof(string) },
        { "array[1,null,3]", "{1,NULL,3}", typeof(string) },
        { "inet '10.0.0.1/8'", "10.0.0.1/8", typeof(string) },
    };

    public static TheoryData<string, object?, Type> OfSqlite => new()
    {
        { "i", 9007199254740993L, typeof(long) },
        { "b", 9007199254740993L, typeof(long) },
        { "r", 0.1, typeof(double) },
        { "n", 12.5m, typeof(decimal) },
        { "s", "007", typeof(string) },
        { "d", new DateOnly(2024, 2, 29), typeof(DateOnly) },
        { "t", new DateTime(2024, 2, 29, 13, 14, 15, 123), typeof(DateTime) },
        { "h", new TimeSpan(13, 14, 15), typeof(TimeSpan) },
        { "y", new byte[] { 0, 255 }, typeof(byte[]) },
        { "o", true, typeof(bool) },
        { "u", "free", typeof(string) },
        { "e", null, typeof(long) },
        { "d2", "not a date", typeof(DateOnly) },
    };

    /// <summary>Types as the protocol of SQL Server has them.</summary>
    private static readonly Dictionary<string, TdsValue> Wire = new()
    {
        ["nvarchar"] = TdsValue.NVarChar("=1+1 é漢"),
        ["nvarchar of digits"] = TdsValue.NVarChar("007"),
        ["nvarchar empty"] = TdsValue.NVarChar(""),
        ["nvarchar null"] = TdsValue.NVarChar(null),
        ["varchar"] = TdsValue.VarChar("abc é"),
        ["int"] = TdsValue.Int(-5),
        ["int null"] = TdsValue.Int(null),
        ["bigint"] = TdsValue.BigInt(long.MaxValue),
        ["bit"] = TdsValue.Bit(true),
        ["float"] = TdsValue.Float(0.1),
        ["money"] = TdsValue.Money(-12.3456m),
        ["decimal"] = TdsValue.Decimal("1234567890123456.78", 18, 2),
        ["decimal negative"] = TdsValue.Decimal("-1.500", 38, 3),
        ["decimal of 38"] = TdsValue.Decimal("12345678901234567890123456789012345.678", 38, 3),
        ["date"] = TdsValue.Date(new DateOnly(2024, 2, 29)),
        ["date null"] = TdsValue.Date(null),
        ["time"] = TdsValue.Time(TimeSpan.FromTicks(476551234567)),
        ["datetime"] = TdsValue.DateTime(new DateTime(2024, 2, 29, 13, 14, 15)),
        ["datetime2"] = TdsValue.DateTime2(new DateTime(2024, 2, 29, 13, 14, 15).AddTicks(1234567)),
        ["datetimeoffset"] = TdsValue.DateTimeOffset(new DateTimeOffset(2024, 2, 29, 13, 14, 15, new TimeSpan(5, 30, 0))),
        ["uniqueidentifier"] = TdsValue.Guid(System.Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff")),
        ["varbinary"] = TdsValue.VarBinary(0, 255),
    };

    public static TheoryData<string, object?, Type> OfFreeTds => new()
    {
        { "nvarchar", "=1+1 é漢", typeof(string) },
        { "nvarchar of digits", "007", typeof(string) },
        { "nvarchar empty", "", typeof(string) },
        { "nvarchar null", null, typeof(string) },
        { "varchar", "abc é", typeof(string) },
        { "int", -5, typeof(int) },
        { "int null", null, typeof(int) },
        { "bigint", long.MaxValue, typeof(long) },
        { "bit", true, typeof(bool) },
        { "float", 0.1, typeof(double) },
        { "money", -12.3456m, typeof(decimal) },
        { "decimal", 1234567890123456.78m, typeof(decimal) },
        { "decimal negative", -1.500m, typeof(decimal) },
        { "decimal of 38", "12345678901234567890123456789012345.678", typeof(decimal) },
        { "date", new DateOnly(2024, 2, 29), typeof(DateOnly) },
        { "date null", null, typeof(DateOnly) },
        { "time", TimeSpan.FromTicks(476551234567), typeof(TimeSpan) },
        { "datetime", new DateTime(2024, 2, 29, 13, 14, 15), typeof(DateTime) },
        { "datetime2", new DateTime(2024, 2, 29, 13, 14, 15).AddTicks(1234567), typeof(DateTime) },
        { "datetimeoffset", new DateTimeOffset(2024, 2, 29, 13, 14, 15, new TimeSpan(5, 30, 0)), typeof(DateTimeOffset) },
        { "uniqueidentifier", System.Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), typeof(Guid) },
        { "varbinary", new byte[] { 0, 255 }, typeof(byte[]) },
    };

    [Theory]
    [MemberData(nameof(OfPostgreSql))]
    public void A_value_of_psqlODBC_keeps_its_meaning(string sql, object? expected, Type type)
    {
        using var database = Databases.Open(ReportProvider.Odbc, PostgreSql());
        // a row of several columns, whose order drivers insist on
        var cell = database.Row($"SELECT 1 AS before, {sql} AS v, 'behind' AS behind");
        Assert.Equal((1, "behind"), (cell[0].Value, cell[2].Value));
        Assert.Equal((expected, type), (cell[1].Value is byte[] bytes ? bytes.ToArray() : cell[1].Value, cell[1].Type), EqualWithBytes);
    }

    [Theory]
    [MemberData(nameof(OfSqlite))]
    public void A_value_of_sqliteodbc_keeps_its_meaning(string column, object? expected, Type type)
    {
        using var database = Databases.Open(ReportProvider.Odbc, Sqlite());
        var cell = database.Row($"SELECT {column} FROM v").Single();
        Assert.Equal((expected, type), (cell.Value, cell.Type), EqualWithBytes);
    }

    [Theory]
    // in order of use, more than once, in another order than they are given
    [InlineData("SELECT @b || '-' || @a || '-' || @b AS v", "2-1-2")]
    // lists
    [InlineData("SELECT count(*) FROM generate_series(1, 9) n WHERE n IN (@ids)", 3L)]
    [InlineData("SELECT count(*) FROM generate_series(1, 9) n WHERE n IN @ids AND 'z' <> @a", 3L)]
    // what is no parameter
    [InlineData("SELECT '@a ?' || @a -- @b ?\n || /* ? @b */ '' AS v", "@a ?1")]
    [InlineData("SELECT $q$@a ?$q$ || @a AS v", "@a ?1")]
    [InlineData("SELECT (array[@n::int, 7])[1] AS v", 5)]
    // an operator that has a question mark has another form; a cast is no parameter
    [InlineData("SELECT @n::int::text || 'x' AS v", "5x")]
    public void Parameters_are_sent_by_their_places(string sql, object expected)
    {
        using var database = Databases.Open(ReportProvider.Odbc, PostgreSql());
        Assert.Equal(expected, database.Row(sql, ("a", "1"), ("b", "2"), ("n", 5), ("ids", new[] { 2, 3, 5 })).Single().Value);
    }

    public static TheoryData<object?, string> Bound => new()
    {
        { new DateOnly(2024, 2, 29), "date '2024-02-29'" },
        { new DateTime(2024, 2, 29, 1, 2, 3), "timestamp '2024-02-29 01:02:03'" },
        { new DateTime(2024, 2, 29, 1, 2, 3, 456, 789), "timestamp '2024-02-29 01:02:03.456789'" },
        { new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(2)), "timestamp '2024-02-29 01:02:03'" },
        { new TimeOnly(1, 2, 3), "time '01:02:03'" },
        { new TimeOnly(1, 2, 3, 500), "time '01:02:03.5'" },
        { new TimeSpan(1, 2, 3), "time '01:02:03'" },
        { System.Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), "'6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid" },
        { 1.5m, "1.5::numeric" },
        { 79228162514264337593543950335m, "79228162514264337593543950335::numeric" },
        { 1.5, "1.5::float8" },
        { 1.5f, "1.5::float4" },
        { 4u, "4" },
        { (ushort)4, "4" },
        { (sbyte)-4, "-4" },
        { 5ul, "5" },
        { long.MaxValue, "9223372036854775807" },
        { true, "true" },
        { 'c', "'c'::text" },
        { "a🎉'; --", "'a🎉''; --'::text" },
        { new byte[] { 0, 255 }, "'\\x00ff'::bytea" },
    };

    [Theory]
    [MemberData(nameof(Bound))]
    public void A_parameter_keeps_its_value(object? value, string sql)
    {
        using var database = Databases.Open(ReportProvider.Odbc, PostgreSql());
        Assert.Equal("same", database.Row($"SELECT CASE WHEN {sql} = @p THEN 'same' ELSE 'other' END AS v", ("p", value)).Single().Value);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData("a")]
    [InlineData(true)]
    [InlineData(9007199254740993L)]
    public void The_driver_of_SQLite_gets_what_it_can_take(object value)
    {
        using var database = Databases.Open(ReportProvider.Odbc, Sqlite());
        Assert.Equal(value is bool ? 1L : value, database.Row("SELECT @p AS v", ("p", value)).Single().Value);
        Assert.Equal(1.5, database.Row("SELECT @p AS v", ("p", 1.5m)).Single().Value);
        Assert.Equal(7L, database.Row("SELECT @p AS v", ("p", 7m)).Single().Value);
        Assert.Equal("6f9619ff-8b86-d011-b42d-00c04fc964ff",
            database.Row("SELECT @p AS v", ("p", System.Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"))).Single().Value);
    }

    [Theory]
    [InlineData("SELECT * FROM nowhere", "QueryFailed", "SQLSTATE 42P01")]
    [InlineData("SELECT 1/0", "QueryFailed", "SQLSTATE 22012")]
    [InlineData("SELECT data ? 'key' FROM t", "QuestionMarkNotUsable", "place 13")]
    [InlineData("SELECT pg_sleep(60)", "QueryTimedOut", "within 2 s")]
    [InlineData("SELECT pg_terminate_backend(pg_backend_pid())", "ReadFailed", "Run the report again")]
    public void An_error_of_a_query_says_what_it_is(string sql, string id, string words)
    {
        using var database = Databases.Open(ReportProvider.Odbc, PostgreSql());
        var problem = Assert.Throws<ReportException>(() => database.Execute(sql, [], TimeSpan.FromSeconds(2), CancellationToken.None));
        Assert.True(id == problem.ErrorId, $"{problem}");
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_stops_the_query_on_the_server()
    {
        using var database = Databases.Open(ReportProvider.Odbc, PostgreSql());
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.ThrowsAny<OperationCanceledException>(
            () => database.Execute("SELECT pg_sleep(600), 'odbc-stop'", [], TimeSpan.FromMinutes(10), stop.Token));
        Assert.Equal(1, database.Row("SELECT 1 AS v").Single().Value);
    }

    [Theory]
    [InlineData("Driver={PostgreSQL Unicode};Server=127.0.0.1;Port=%PORT%;Database=nodb;UID=postgres;PWD=%PWD%", "DatabaseMissing")]
    [InlineData("Driver={PostgreSQL Unicode};Server=127.0.0.1;Port=%PORT%;Database=postgres;UID=postgres;PWD=hunter2", "LoginRefused")]
    [InlineData("Driver={PostgreSQL Unicode};Server=127.0.0.1;Port=1;Database=postgres;UID=postgres;PWD=hunter2", "ConnectionFailed")]
    [InlineData("Driver={FreeTDS};Server=127.0.0.1;Port=1;UID=a;PWD=hunter2", "ConnectionFailed")]
    [InlineData("Driver={Oracle 23};Server=x;PWD=hunter2", "OdbcDriverMissing")]
    [InlineData("DSN=warehouse;UID=a;PWD=hunter2", "OdbcSourceMissing")]
    public void An_error_of_connecting_says_what_it_is_and_no_password(string text, string id)
    {
        var password = "{" + PostgreSqlServer.Password.Replace("}", "}}", StringComparison.Ordinal) + "}";
        text = text.Replace("%PORT%", $"{new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Port}", StringComparison.Ordinal)
            .Replace("%PWD%", password, StringComparison.Ordinal);
        Require();
        var problem = Assert.Throws<ReportException>(() => Databases.Open(ReportProvider.Odbc, text));
        Assert.True(id == problem.ErrorId, $"{problem}");
        Assert.DoesNotContain("hunter2", $"{problem}", StringComparison.Ordinal);
        if (id.StartsWith("Odbc", StringComparison.Ordinal))
        {
            Assert.Contains("'FreeTDS'", problem.Message, StringComparison.Ordinal);
            Assert.Contains("'SQLite3'", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_computer_without_the_manager_is_told_how_to_get_it()
    {
        var provider = new OdbcProvider();
        var problem = provider.Explain(new TypeInitializationException("x", new DllNotFoundException("libodbc.so.2")), "x",
            provider.Settings("DSN=x"));
        Assert.Equal("OdbcNotInstalled", problem?.ErrorId);
        Assert.Contains("unixodbc", problem!.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null, "DSN=erp;UID=u;PWD={a;b}}c}", "dsn=erp", "u", "a;b}c")]
    [InlineData(null, "Driver={Oracle in OraClient};DBQ=x;User ID=u;Password=p", "driver={Oracle in OraClient};dbq=x", "u", "p")]
    [InlineData("odbc", "erp", "dsn=erp", null, null)]
    [InlineData("odbc", "Driver={PostgreSQL Unicode};Server=db;Uid=u;Pwd=p", "driver={PostgreSQL Unicode};server=db", "u", "p")]
    public void A_connection_string_is_in_the_managers_own_form(string? provider, string text, string connectionString, string? user,
        string? password)
    {
        var parsed = ConnectionDefinition.Parse("x", provider, text, path => path);
        Assert.Equal(("Odbc", user, password), (parsed.Provider, parsed.UserName, parsed.Password));
        Assert.Equal(connectionString, parsed.ConnectionString, ignoreCase: true);
    }

    [Fact]
    public void A_text_without_driver_and_DSN_is_refused() => Assert.Contains(
        "it names neither a driver nor a DSN",
        Assert.Throws<ReportException>(() => ConnectionDefinition.Parse("x", "Odbc", "Server=db;Database=x", path => path)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_report_is_made_and_its_columns_are_found_out_before()
    {
        Require();
        fixture.AddConnection("db", ReportProvider.Odbc, Sqlite());
        var task = fixture.AddTask("odbc", made => (made.Connection, made.Query, made.Parameters, made.Every, made.StartAt) =
            ("db", "SELECT i, n, s FROM v WHERE s IN (@codes)", new() { ["codes"] = new[] { "007", "x" } }, null, null));
        var check = new TaskProbe(fixture.Store, fixture.Clock).Try(task, CancellationToken.None).Single(check => check.Check == "Query");
        Assert.True(check.Success && check.Message.Contains("'odbc' has 3 columns", StringComparison.Ordinal), check.Message);
        using var worker = fixture.Worker();
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.True(run.Outcome == RunOutcome.Succeeded, run.Error);
        Assert.Equal("9007199254740993,12.5,007", File.ReadLines(Assert.Single(run.Files)).Last());
    }

    [Fact]
    public void A_query_is_described_and_not_run()
    {
        using var database = Databases.Open(ReportProvider.Odbc, PostgreSql());
        var (columns, _) = database.Describe("CREATE TABLE odbc_made AS SELECT 1 AS a", [], Databases.Limit,
            reader => $"{reader.FieldCount}", CancellationToken.None) is var told ? told : default;
        Assert.Null(columns);
        Assert.Equal(0L, database.Row("SELECT count(*) FROM pg_class WHERE relname = 'odbc_made'").Single().Value);
        Assert.Equal("QueryFailed", Assert.Throws<ReportException>(
            () => database.Describe("SELECT * FROM nowhere", [], Databases.Limit, reader => "", CancellationToken.None)).ErrorId);
        Assert.Contains("several",
            database.Describe("SELECT 1; SELECT 2", [], Databases.Limit, reader => "", CancellationToken.None).Unknown,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT s, sum(n) AS total, count(*) AS c, max(d) AS d FROM v GROUP BY s", "String Double Int64 String", null)]
    [InlineData("WITH a AS (SELECT n * 2 AS n FROM v) SELECT n FROM a", "Double", null)]
    [InlineData("SELECT sum(n) AS total FROM v WHERE 1 = 0 GROUP BY s", null, "by the first row")]
    [InlineData("WITH a AS (SELECT 9 AS i) INSERT INTO v (i) SELECT i FROM a RETURNING i", null, "changes data before it gives rows")]
    [InlineData("DELETE FROM v RETURNING i", "", null)]
    public void Columns_that_SQLite_works_out_are_told_by_a_row_and_nothing_is_changed(string sql, string? types, string? unknown)
    {
        using var database = Databases.Open(ReportProvider.Odbc, Sqlite());
        var (columns, why) = database.Describe(sql, [], Databases.Limit,
            reader => string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetFieldType(column).Name)),
            CancellationToken.None);
        Assert.True(types is null ? columns is null : types.Length == 0 || columns == types, $"{columns} {why}");
        Assert.Contains(unknown ?? "", why ?? "", StringComparison.Ordinal);
        Assert.Equal(1L, database.Row("SELECT count(*) AS n FROM v").Single().Value);
        // the session writes again
        Assert.Equal("NoResultSet", Assert.Throws<ReportException>(
            () => database.Execute("UPDATE v SET u = 'changed'", [], Databases.Limit, CancellationToken.None)).ErrorId);
        Assert.Equal(1L, database.Row("SELECT count(*) AS n FROM v WHERE u = 'changed'").Single().Value);
    }

    [Fact]
    public void What_the_server_says_is_passed_on()
    {
        var said = new List<string>();
        Require();
        using var database = ReportDatabase.Open(Databases.Connection(ReportProvider.Odbc, PostgreSql()), new PlainSecrets(), 0,
            Databases.Limit, CancellationToken.None, tell: said.Add);
        database.Execute("DO $$ BEGIN RAISE NOTICE 'halfway'; END $$; SELECT 1", [], Databases.Limit, CancellationToken.None).Dispose();
        Assert.Contains(said, text => text.Contains("halfway", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OfFreeTds))]
    public void A_value_of_FreeTDS_keeps_its_meaning(string name, object? expected, Type type)
    {
        Require();
        var wire = Wire[name];
        using var responder = new TdsResponder(new Dictionary<string, TdsValue>(), new Dictionary<string, TdsResult[]>
        {
            // a row of several columns
            ["SELECT v FROM t"] = [new(("before", [TdsValue.Int(1)]), ("v", [wire]), ("behind", [TdsValue.NVarChar("behind")]))],
        });
        using var database = Databases.Open(ReportProvider.Odbc,
            $"Driver={{FreeTDS}};Server=127.0.0.1;Port={responder.Port};TDS_Version=7.4;ClientCharset=UTF-8;UID=sa;PWD=x;Encryption=off");
        var cell = database.Row("SELECT v FROM t");
        Assert.Equal((1, "behind"), (cell[0].Value, cell[2].Value));
        Assert.Equal((expected, type), (cell[1].Value, cell[1].Type), EqualWithBytes);
    }

    [Fact]
    public void FreeTDS_reads_what_the_responder_of_SQL_Server_sends()
    {
        Require();
        using var responder =
            new TdsResponder(new Dictionary<string, TdsValue>()) { Script = _ => [.. TdsResponder.Rows(7, 8), .. TdsResponder.End(2)] };
        using var database = Databases.Open(ReportProvider.Odbc,
            $"Driver={{FreeTDS}};Server=127.0.0.1;Port={responder.Port};TDS_Version=7.4;UID=sa;PWD=x;Encryption=off");
        using var reader = database.Execute("SELECT v FROM t", [], Databases.Limit, CancellationToken.None);
        Assert.True(reader.Read());
        Assert.Equal(7, reader.GetValue(0));
    }

    [Fact]
    public void Drivers_and_data_sources_are_known()
    {
        Require();
        Assert.Contains("PostgreSQL Unicode", OdbcInstallation.DriverNames());
        Assert.DoesNotContain("ODBC", OdbcInstallation.DriverNames());
    }

    private static bool EqualWithBytes((object? Value, Type Type) left, (object? Value, Type Type) right) =>
        left.Type == right.Type && (left.Value is byte[] bytes
            ? right.Value is byte[] others && bytes.AsSpan().SequenceEqual(others)
            : Equals(left.Value, right.Value));

    internal static bool HasDrivers => OdbcInstallation.DriverNames() is var names && names.Contains("PostgreSQL Unicode")
        && names.Contains("SQLite3") && names.Contains("FreeTDS");

    private static void Require() => Assert.SkipUnless(HasDrivers, NoDriver);

    private string PostgreSql()
    {
        Require();
        var server = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        return $"Driver={{PostgreSQL "
            + $"Unicode}};Server=127.0.0.1;Port={server.Port};Database=postgres;UID=postgres;PWD={{"
            + $"{PostgreSqlServer.Password.Replace("}", "}}", StringComparison.Ordinal)}}}";
    }

    private string Sqlite()
    {
        Require();
        var file = Path.Combine(fixture.Folder, "values.db");
        if (!File.Exists(file))
        {
            using var made = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
            made.Open();
            using var command = made.CreateCommand();
            command.CommandText = """
                CREATE TABLE v (i INTEGER, b BIGINT, r REAL, n DECIMAL(10,2), s VARCHAR(10), d DATE, t TIMESTAMP, h TIME, y BLOB, o BOOLEAN, u, e BIGINT, d2 DATE);
                INSERT INTO v VALUES (9007199254740993, 9007199254740993, 0.1, 12.5, '007', '2024-02-29', '2024-02-29 13:14:15.123', '13:14:15', x'00ff', 1, 'free', NULL, 'not a date');
                """;
            command.ExecuteNonQuery();
        }

        return $"Driver={{SQLite3}};Database={file}";
    }
}
