using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources.Providers;

public sealed class MariaDbValuesTests(MariaDbServer server)
{
    public static TheoryData<string, string, object?, Type> Values => new()
    {
        // text
        { "VARCHAR(40)", "'007'", "007", typeof(string) },
        { "VARCHAR(40)", "'=1+1'", "=1+1", typeof(string) },
        { "VARCHAR(40)", "''", "", typeof(string) },
        { "VARCHAR(40)", "NULL", null, typeof(string) },
        { "CHAR(36)", "'no guid'", "no guid", typeof(string) },
        { "CHAR(36)", "'6f9619ff-8b86-d011-b42d-00c04fc964ff'", "6f9619ff-8b86-d011-b42d-00c04fc964ff", typeof(string) },
        { "ENUM('a','b')", "'b'", "b", typeof(string) },
        { "JSON", "'{\"a\": 1}'", "{\"a\": 1}", typeof(string) },
        // numbers
        { "BIGINT", "-9223372036854775808", long.MinValue, typeof(long) },
        { "BIGINT UNSIGNED", "18446744073709551615", 18446744073709551615m, typeof(decimal) },
        { "TINYINT(1)", "2", (sbyte)2, typeof(sbyte) },
        { "BOOLEAN", "TRUE", (sbyte)1, typeof(sbyte) },
        { "DECIMAL(18,2)", "1234567890123456.78", 1234567890123456.78m, typeof(decimal) },
        { "DECIMAL(65,2)", "123456789012345678901234567890123456789012.99", "123456789012345678901234567890123456789012.99",
            typeof(decimal) },
        { "DOUBLE", "0.1", 0.1, typeof(double) },
        { "BIT(8)", "b'101'", 5L, typeof(long) },
        { "YEAR", "2024", 2024, typeof(int) },
        // dates and times
        { "DATE", "'2024-02-29'", new DateOnly(2024, 2, 29), typeof(DateOnly) },
        { "DATE", "'0000-00-00'", "0000-00-00", typeof(DateOnly) },
        { "DATE", "'2024-02-00'", "2024-02-00", typeof(DateOnly) },
        { "DATE", "NULL", null, typeof(DateOnly) },
        { "DATETIME(6)", "'2024-02-29 13:14:15.123456'", new DateTime(2024, 2, 29, 13, 14, 15, 123, 456), typeof(DateTime) },
        { "DATETIME", "'0000-00-00 00:00:00'", "0000-00-00 00:00:00", typeof(DateTime) },
        { "TIME", "'838:59:58'", new TimeSpan(838, 59, 58), typeof(TimeSpan) },
        { "TIME", "'-01:00:00'", TimeSpan.FromHours(-1), typeof(TimeSpan) },
        // the rest
        { "VARBINARY(4)", "X'00FF'", new byte[] { 0, 255 }, typeof(byte[]) },
        { "BINARY(16)", "X'00112233445566778899AABBCCDDEEFF'", Convert.FromHexString("00112233445566778899AABBCCDDEEFF"), typeof(byte[]) },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_keeps_its_meaning(string column, string value, object? expected, Type type)
    {
        using var database = Databases.Open(ReportProvider.MySql, server.ConnectionString);
        var cell = database.Row($"CREATE TEMPORARY TABLE t (v {column}); INSERT INTO t VALUES ({value}); SELECT v FROM t").Single();
        Assert.Equal(expected, cell.Value);
        Assert.Equal(type, cell.Type);
    }

    [Fact]
    public void A_decimal_that_is_zero_or_null_is_read()
    {
        using var database = Databases.Open(ReportProvider.MySql, server.ConnectionString);
        var row = database.Row("SELECT CAST(0 AS DECIMAL(65,2)) AS zero, CAST(NULL AS DECIMAL(10,2)) AS nothing");
        Assert.Equal(0.00m, row[0].Value);
        Assert.Null(row[1].Value);
    }

    public static TheoryData<object?, string> Parameters => new()
    {
        { new DateOnly(2024, 2, 29), "2024-02-29 00:00:00" },
        { new DateTime(2024, 2, 29, 13, 0, 0), "2024-02-29 13:00:00.000000" },
        { ulong.MaxValue, "18446744073709551615" },
        { 1234567890123456.78m, "1234567890123456.78" },
        { "'; DROP TABLE x; --", "'; DROP TABLE x; --" },
        { true, "1" },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void A_parameter_is_bound(object? value, string text)
    {
        using var database = Databases.Open(ReportProvider.MySql, server.ConnectionString);
        Assert.Equal(text, database.Row("SELECT CAST(@p AS CHAR)", ("p", value)).Single().Value);
    }

    [Fact]
    public void A_list_serves_IN()
    {
        using var database = Databases.Open(ReportProvider.MySql, server.ConnectionString);
        Assert.Equal(1, Convert.ToInt32(database.Row("SELECT 2 IN @ids", ("ids", new object[] { 1, 2 })).Single().Value, null));
    }

    [Theory]
    [InlineData("SELECT 2 IN (@ids)")]
    [InlineData("SELECT 2 IN (0, @ids) # @none, and it's a comment")]
    [InlineData("SELECT FIELD(2, @ids) = 2")]
    [InlineData("SELECT 1<@n AND 2 IN (@ids)")]
    [InlineData("SELECT '\\'@none' = '''@none' AND 3 NOT IN (@ids)")]
    public void A_list_in_parentheses_and_signs_beside_a_name_are_understood(string sql)
    {
        using var database = Databases.Open(ReportProvider.MySql, server.ConnectionString);
        Assert.Equal(1, Convert.ToInt32(database.Row(sql, ("ids", new object[] { 1, 2 }), ("n", 5)).Single().Value, null));
    }

    [Fact]
    public void The_results_of_a_procedure_come_one_after_the_other()
    {
        server.Execute("DROP PROCEDURE IF EXISTS two");
        server.Execute("CREATE PROCEDURE two(OUT total int) BEGIN SELECT 1 AS a; SET total = 7; SELECT 'x' AS b; END");
        using var database = Databases.Open(ReportProvider.MySql, server.ConnectionString);
        using var reader = database.Execute("CALL two(@total); SELECT @total AS c", [], Databases.Limit, CancellationToken.None);
        var names = new List<string> { reader.GetName(0) };
        while (reader.NextResult())
        {
            names.Add(reader.GetName(0));
        }

        Assert.Equal(["a", "b", "c"], names);
    }

    [Fact]
    public void Variables_of_the_text_itself_are_no_parameters()
    {
        using var database = Databases.Open(ReportProvider.MySql, server.ConnectionString);
        Assert.Equal(7, Convert.ToInt32(database.Row("SET @x = 3; SELECT @x + @p", ("p", 4)).Single().Value, null));
    }
}
