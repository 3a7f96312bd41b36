using System.Data.Common;
using Microsoft.Data.Sqlite;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Tests.Rows;

public sealed class RowReaderTests
{
    public static TheoryData<string, string, string, string> SqliteValues => new()
    {
        // declared type, value, kind, text
        { "integer", "9223372036854775807", nameof(CellKind.Integer), "9223372036854775807" },
        { "integer", "'n/a'", nameof(CellKind.Text), "n/a" },
        { "text", "'007'", nameof(CellKind.Text), "007" },
        { "text", "'12345678901234567890'", nameof(CellKind.Text), "12345678901234567890" },
        { "text", "'2026-01-05'", nameof(CellKind.Text), "2026-01-05" },
        { "text", "''", nameof(CellKind.Text), "" },
        { "text", "null", nameof(CellKind.Null), "" },
        { "real", "0.1", nameof(CellKind.Double), "0.1" },
        { "decimal(10,2)", "12.5", nameof(CellKind.Double), "12.5" },
        { "boolean", "1", nameof(CellKind.Boolean), "true" },
        { "boolean", "2", nameof(CellKind.Integer), "2" },
        { "date", "'2026-01-05'", nameof(CellKind.Date), "2026-01-05" },
        { "date", "'5 January'", nameof(CellKind.Text), "5 January" },
        { "date", "46027", nameof(CellKind.Integer), "46027" },
        { "datetime", "'2026-01-05 13:45:10'", nameof(CellKind.DateTime), "2026-01-05 13:45:10" },
        { "datetime", "'2026-01-05T13:45:10.25'", nameof(CellKind.DateTime), "2026-01-05 13:45:10.25" },
        { "datetime", "'2026-01-05'", nameof(CellKind.DateTime), "2026-01-05 00:00:00" },
        { "timestamp", "'2026-01-05 13:45:10+02:00'", nameof(CellKind.DateTimeOffset), "2026-01-05 13:45:10+02:00" },
        { "datetime", "'2026-01-05T13:45:10Z'", nameof(CellKind.DateTimeOffset), "2026-01-05 13:45:10+00:00" },
        { "time", "'09:30'", nameof(CellKind.Time), "09:30:00" },
        { "time", "'25:00'", nameof(CellKind.Text), "25:00" },
        { "json", "'{\"a\":1}'", nameof(CellKind.Json), "{\"a\":1}" },
        { "uuid", "'6f9619ff-8b86-d011-b42d-00c04fc964ff'", nameof(CellKind.Guid), "6f9619ff-8b86-d011-b42d-00c04fc964ff" },
        { "blob", "x'00ff'", nameof(CellKind.Binary), "(binary, 2 bytes)" },
        { "", "'text'", nameof(CellKind.Text), "text" },
        { "", "5", nameof(CellKind.Integer), "5" },
    };

    [Theory]
    [MemberData(nameof(SqliteValues))]
    public void A_value_of_SQLite_is_what_the_column_declares_where_it_can_be(string declared, string value, string kind, string text)
    {
        using var connection = Open($"create table t(c {declared}); insert into t values({value})", out var command);
        using var reader = command.ExecuteReader();
        var rows = new RowReader(reader, TimeZoneInfo.Utc);
        var batch = new RowBatch(1);
        Assert.True(rows.Read(batch, CancellationToken.None));
        var cell = batch[0][0];
        Assert.Equal((kind, text), (cell.Kind.ToString(), new CellText(System.Globalization.CultureInfo.InvariantCulture).Of(cell)));
        Assert.False(rows.Read(batch, CancellationToken.None));
        Assert.Equal(0, batch.Count);
    }

    [Theory]
    [InlineData("integer", nameof(ColumnKind.Integer))]
    [InlineData("bigint", nameof(ColumnKind.Integer))]
    [InlineData("numeric(10,2)", nameof(ColumnKind.Decimal))]
    [InlineData("double precision", nameof(ColumnKind.Double))]
    [InlineData("varchar(20)", nameof(ColumnKind.Text))]
    [InlineData("date", nameof(ColumnKind.Date))]
    [InlineData("timestamp", nameof(ColumnKind.DateTime))]
    [InlineData("bool", nameof(ColumnKind.Boolean))]
    [InlineData("json", nameof(ColumnKind.Json))]
    public void The_kind_of_a_column_is_known_without_rows(string declared, string kind)
    {
        using var connection = Open($"create table t(c {declared})", out var command);
        using var reader = command.ExecuteReader();
        Assert.Equal(kind, Assert.Single(new RowReader(reader, TimeZoneInfo.Utc).Columns).Kind.ToString());
    }

    [Theory]
    [InlineData("5", 1, nameof(ColumnKind.Integer))]
    [InlineData("0.5", 1, nameof(ColumnKind.Double))]
    [InlineData("'x'", 1, nameof(ColumnKind.Text))]
    [InlineData("5", 1500, nameof(ColumnKind.Integer))]
    [InlineData("null", 3000, nameof(ColumnKind.Text))]
    public void A_column_that_begins_with_NULL_is_what_its_later_values_are(string value, int nulls, string kind)
    {
        using var connection = Open("create table t(x)", out var command);
        command.CommandText = $"with recursive r(i) as (values (0) union all select i + 1 from r where i < {nulls + 2}) select i, iif(i "
            + $"< {nulls}, null, {value}) as c from r";
        using var reader = command.ExecuteReader();
        using var pool = new BatchPool(2);
        var rows = new RowReader(reader, TimeZoneInfo.Utc);
        rows.LookAhead(pool, CancellationToken.None);
        Assert.Equal(kind, rows.Columns[1].Kind.ToString());
        var seen = new List<long>();
        while (rows.Next(pool, CancellationToken.None) is { } batch)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                seen.Add(batch[row][0].Int64);
            }

            pool.Return(batch);
        }

        Assert.Equal(Enumerable.Range(0, nulls + 3).Select(i => (long)i), seen);
    }

    [Fact]
    public void A_cell_that_no_report_can_show_is_an_error_with_its_column()
    {
        using var connection = Open("create table t(x)", out var command);
        command.CommandText = "select 1 as a, zeroblob(100000001) as big";
        using var reader = command.ExecuteReader();
        var error =
            Assert.Throws<ReportException>(() => new RowReader(reader, TimeZoneInfo.Utc).Read(new RowBatch(2), CancellationToken.None));
        Assert.Equal(("CellTooLarge", "big"), (error.ErrorId, error.ErrorTarget));
    }

    [Fact]
    public void A_time_with_an_offset_keeps_it()
    {
        var table = new System.Data.DataTable();
        table.Columns.Add("at", typeof(DateTimeOffset));
        table.Rows.Add(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(9)));
        using DbDataReader reader = table.CreateDataReader();
        var batch = new RowBatch(1);
        new RowReader(reader, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).Read(batch, CancellationToken.None);
        Assert.Equal("2026-07-01 12:00:00+09:00", new CellText(System.Globalization.CultureInfo.InvariantCulture).Of(batch[0][0]));
    }

    private static SqliteConnection Open(string sql, out SqliteCommand command)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        command.CommandText = "select c from t";
        return connection;
    }
}
