using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources.Providers;

public sealed class PostgreSqlValuesTests(PostgreSqlServer server)
{
    public static TheoryData<string, object?, Type> Values => new()
    {
        // text
        { "'007'::text", "007", typeof(string) },
        { "'=1+1'::varchar(10)", "=1+1", typeof(string) },
        { "'12345678901234567890'::text", "12345678901234567890", typeof(string) },
        { "''::text", "", typeof(string) },
        { "NULL::text", null, typeof(string) },
        { "'ab'::char(4)", "ab  ", typeof(string) },
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
        // dates and times
        { "date '2024-02-29'", new DateOnly(2024, 2, 29), typeof(DateOnly) },
        { "'infinity'::date", "infinity", typeof(DateOnly) },
        { "date '0044-03-15 BC'", "0044-03-15 BC", typeof(DateOnly) },
        { "NULL::date", null, typeof(DateOnly) },
        { "timestamp '2024-02-29 13:14:15.123456'", new DateTime(2024, 2, 29, 13, 14, 15, 123, 456), typeof(DateTime) },
        { "'-infinity'::timestamp", "-infinity", typeof(DateTime) },
        { "timestamp '0044-03-15 10:00 BC'", "0044-03-15 10:00:00 BC", typeof(DateTime) },
        { "timestamp '12024-02-29 01:02:03'", "12024-02-29 01:02:03", typeof(DateTime) },
        { "timestamptz '2024-02-29 13:14:15+02'", new DateTimeOffset(2024, 2, 29, 11, 14, 15, TimeSpan.Zero), typeof(DateTimeOffset) },
        { "'infinity'::timestamptz", "infinity", typeof(DateTimeOffset) },
        { "time '13:14:15.5'", new TimeSpan(0, 13, 14, 15, 500), typeof(TimeSpan) },
        { "time '24:00'", TimeSpan.FromDays(1), typeof(TimeSpan) },
        { "interval '2 days 3 hours'", new TimeSpan(2, 3, 0, 0), typeof(TimeSpan) },
        { "interval '1 year 2 months 3 days 04:05:06'", "P14M3DT4H5M6S", typeof(TimeSpan) },
        { "interval '1 mon -30:00:00'", "P1MT-30H", typeof(TimeSpan) },
        { "interval '-1 mon 30:00'", "P-1MT30H", typeof(TimeSpan) },
        { "interval '1 mon -1 day 30:00:00'", "P1M-1DT30H", typeof(TimeSpan) },
        { "interval '-1 mon +1 day -00:01:30.5'", "P-1M1DT-1M-30.5S", typeof(TimeSpan) },
        { "interval '2 mon -00:00:00.000001'", "P2MT-0.000001S", typeof(TimeSpan) },
        { "interval '1 mon 2 days'", "P1M2D", typeof(TimeSpan) },
        { "interval '1 mon'", "P1M", typeof(TimeSpan) },
        { "interval '1 day -30:00:00'", TimeSpan.FromHours(-6), typeof(TimeSpan) },
        { "interval '-00:00:00.000001'", new TimeSpan(-10), typeof(TimeSpan) },
        { "interval '900000000:00:00.5'", "PT900000000H0.5S", typeof(TimeSpan) },
        { "interval '100000000 days'", "P100000000D", typeof(TimeSpan) },
        // the rest
        { "'6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid", System.Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), typeof(Guid) },
        { "'\\x00ff'::bytea", new byte[] { 0, 255 }, typeof(byte[]) },
        { "'{\"a\": 1}'::jsonb", "{\"a\": 1}", typeof(string) },
        { "array[1,null,3]", "[1,null,3]", typeof(string) },
        { "array['a \"b\"', 'NULL', null]", "[\"a \\\"b\\\"\",\"NULL\",null]", typeof(string) },
        { "array[[1,2],[3,4]]", "[[1,2],[3,4]]", typeof(string) },
        { "array[12345678901234567890123456789012::numeric]", "[12345678901234567890123456789012]", typeof(string) },
        { "array[true,false]", "[true,false]", typeof(string) },
        { "'{}'::int[]", "[]", typeof(string) },
        { "'sad'::mood", "sad", typeof(string) },
        { "int4range(1,10)", "[1,10)", typeof(string) },
        { "inet '10.0.0.1/8'", "10.0.0.1/8", typeof(string) },
        { "B'0101'", "0101", typeof(string) },
        { "B'1'::bit(1)", true, typeof(bool) },
        { "row(1,'x')", "(1,x)", typeof(string) },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_keeps_its_meaning(string sql, object? expected, Type type)
    {
        server.Execute("DO $$ BEGIN CREATE TYPE mood AS ENUM ('sad', 'happy'); EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        using var database = Databases.Open(ReportProvider.PostgreSql, server.ConnectionString);
        var cell = database.Row($"SELECT {sql} AS v").Single();
        Assert.Equal(expected, cell.Value);
        Assert.Equal(type, cell.Type);
    }

    public static TheoryData<object?, string, string> Parameters => new()
    {
        { new DateOnly(2024, 2, 29), "date", "2024-02-29" },
        { new DateTimeOffset(2024, 2, 29, 13, 0, 0, TimeSpan.FromHours(2)), "timestamp with time zone", "2024-02-29 11:00:00+00" },
        { new DateTime(2024, 2, 29, 13, 0, 0), "timestamp without time zone", "2024-02-29 13:00:00" },
        { 9223372036854775807L, "bigint", "9223372036854775807" },
        { ulong.MaxValue, "numeric", "18446744073709551615" },
        { 1234567890123456.78m, "numeric", "1234567890123456.78" },
        { "'; DROP TABLE x; --", "text", "'; DROP TABLE x; --" },
        { true, "boolean", "true" },
        { new[] { 1, 2 }, "integer[]", "{1,2}" },
        { new object[] { "a", "b" }, "text[]", "{a,b}" },
        { System.Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), "uuid", "6f9619ff-8b86-d011-b42d-00c04fc964ff" },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void A_parameter_is_bound_with_its_type(object? value, string type, string text)
    {
        using var database = Databases.Open(ReportProvider.PostgreSql, server.ConnectionString + ";Timezone=UTC");
        var row = database.Row("SELECT pg_typeof(@p)::text, @p::text", ("p", value));
        Assert.Equal(type, row[0].Value);
        Assert.Equal(text, row[1].Value);
    }

    [Theory]
    [InlineData("SELECT date '2026-01-01' >= @p", "2025-01-01", true)]
    [InlineData("SELECT 7 = @p", "7", true)]
    [InlineData("SELECT @p + 1", "7", false)]
    [InlineData("SELECT nothing(1)", "", false)]
    public void A_text_that_is_compared_with_something_else_is_said_to_be_one(string sql, string value, bool isSaid)
    {
        using var database = Databases.Open(ReportProvider.PostgreSql, server.ConnectionString);
        var problem = Assert.Throws<ReportException>(() => database.Row(sql, ("p", value)));
        Assert.Equal("QueryFailed", problem.ErrorId);
        Assert.Equal(isSaid, problem.Message.Contains("[datetime]'2026-11-20'", StringComparison.Ordinal));
    }

    // ten minutes past midnight in Paris, which is the day before in UTC
    [Theory]
    [InlineData("", "Europe/Paris", "true 2024-03-01 00:10:00+01")]
    [InlineData("", "UTC", "false 2024-02-29 23:10:00+00")]
    [InlineData(";Timezone=Asia/Tokyo", "Europe/Paris", "true 2024-03-01 08:10:00+09")]
    [InlineData(";Options=-c timezone=UTC", "Europe/Paris", "false 2024-02-29 23:10:00+00")]
    public void A_day_begins_in_the_zone_of_the_task_unless_the_connection_names_one(string settings, string zone, string expected)
    {
        using var database = ReportDatabase.Open(Databases.Connection(ReportProvider.PostgreSql, server.ConnectionString + settings),
            new PlainSecrets(), retry: 0, Databases.Limit, CancellationToken.None, new ReportTask { Name = "t", TimeZone = zone });
        var row = database.Row("SELECT (at >= @since)::text, at::text FROM (VALUES (timestamptz '2024-02-29 23:10Z')) AS t(at)",
            ("since", new DateOnly(2024, 3, 1)));
        Assert.Equal(expected, $"{row[0].Value} {row[1].Value}");
    }

    [Fact]
    public void A_zone_that_the_server_does_not_know_leaves_it_at_its_own()
    {
        using var database = ReportDatabase.Open(Databases.Connection(ReportProvider.PostgreSql, server.ConnectionString),
            new PlainSecrets(), retry: 0, Databases.Limit, CancellationToken.None, new ReportTask { Name = "t", TimeZone = "No/Where" });
        Assert.Equal(1, database.Row("SELECT 1").Single().Value);
    }

    [Fact]
    public void Parameters_may_also_be_written_with_a_colon_beside_casts()
    {
        using var database = Databases.Open(ReportProvider.PostgreSql, server.ConnectionString);
        Assert.Equal("5", database.Row("SELECT (:n + 2)::text", ("n", 3)).Single().Value);
    }

    [Fact]
    public void A_batch_with_a_temporary_table_of_its_own_gives_the_first_result_with_columns()
    {
        using var database = Databases.Open(ReportProvider.PostgreSql, server.ConnectionString);
        Assert.Equal(1L, database.Row("CREATE TEMP TABLE mine (n bigint); INSERT INTO mine VALUES (1); SELECT n FROM mine").Single().Value);
    }

    [Theory]
    [InlineData("SELECT (2 = ANY (@ids))::text")]
    [InlineData("SELECT (2 IN @ids)::text")]
    [InlineData("SELECT (2 IN (@ids))::text")]
    [InlineData("SELECT (2 IN (0, @ids) AND 1 = ALL (ARRAY[1]) AND 2 = ANY (@ids))::text")]
    [InlineData("SELECT (4<@n AND 4 <@n AND @n>4)::text /* a /* nested @none */ @none */")]
    [InlineData("SELECT (6>@n AND 5>=@n AND ARRAY[1] <@ ARRAY[1, 2] AND ARRAY[1,2] @> @ids)::text")]
    [InlineData("SELECT ($$ @none $$ <> $x$ '@none $x$ AND E'\\'@none' <> '\\@none' AND 6>@n)::text")]
    public void Lists_operators_and_quotes_are_understood(string sql)
    {
        using var database = Databases.Open(ReportProvider.PostgreSql, server.ConnectionString);
        Assert.Equal("true", database.Row(sql, ("ids", new[] { 1, 2 }), ("n", 5)).Single().Value);
    }

    [Fact]
    public void Each_result_of_several_statements_has_its_exact_values_and_they_are_one_transaction()
    {
        using var database = Databases.Open(ReportProvider.PostgreSql, server.ConnectionString);
        using (var reader = database.Execute(
            "CREATE TEMP TABLE once (n numeric) ON COMMIT DROP; INSERT INTO once VALUES (12345678901234567890123456789012.5); "
                + "SELECT 1 AS a; SELECT n, array[1,2] AS l FROM once WHERE n > @p",
            [new ReportParameter("p", 1)], Databases.Limit, CancellationToken.None))
        {
            Assert.True(reader.Read() && !reader.Read() && reader.NextResult() && reader.Read());
            Assert.Equal(("12345678901234567890123456789012.5", "[1,2]"), (reader.GetValue(0), reader.GetValue(1)));
            Assert.False(reader.NextResult());
        }

        Assert.Equal("QueryFailed", Assert.Throws<ReportException>(() => database.Row("SELECT * FROM once")).ErrorId);
    }

    [Fact]
    public void A_later_statement_that_fails_takes_the_earlier_ones_back()
    {
        server.Execute("DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int)");
        using (var database = Databases.Open(ReportProvider.PostgreSql, server.ConnectionString))
        {
            using var reader =
                database.Execute("INSERT INTO kept VALUES (1); SELECT 1 AS a; SELECT 1 / 0", [], Databases.Limit, CancellationToken.None);
            Assert.True(reader.Read() && !reader.Read());
            var problem = Assert.Throws<ReportException>(() => reader.NextResult() && reader.Read());
            Assert.Contains("division by zero", problem.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0L, server.Scalar("SELECT count(*) FROM kept"));
    }
}
