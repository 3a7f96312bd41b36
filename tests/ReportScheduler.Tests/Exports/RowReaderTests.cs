using System.Data.Common;
using Microsoft.Data.Sqlite;
using ReportScheduler.Exports;

namespace ReportScheduler.Tests.Exports;

public sealed class RowReaderTests
{
    public static TheoryData<string, string, CellKind, string> SqliteValues => new()
    {
        // declared type, value, kind, text
        { "integer", "9223372036854775807", CellKind.Integer, "9223372036854775807" },
        { "integer", "'n/a'", CellKind.Text, "n/a" },
        { "text", "'007'", CellKind.Text, "007" },
        { "text", "'12345678901234567890'", CellKind.Text, "12345678901234567890" },
        { "text", "'2026-01-05'", CellKind.Text, "2026-01-05" },
        { "text", "''", CellKind.Text, "" },
        { "text", "null", CellKind.Null, "" },
        { "real", "0.1", CellKind.Double, "0.1" },
        { "decimal(10,2)", "12.5", CellKind.Double, "12.5" },
        { "boolean", "1", CellKind.Boolean, "true" },
        { "boolean", "2", CellKind.Integer, "2" },
        { "date", "'2026-01-05'", CellKind.Date, "2026-01-05" },
        { "date", "'5 January'", CellKind.Text, "5 January" },
        { "date", "46027", CellKind.Integer, "46027" },
        { "datetime", "'2026-01-05 13:45:10'", CellKind.DateTime, "2026-01-05 13:45:10" },
        { "datetime", "'2026-01-05T13:45:10.25'", CellKind.DateTime, "2026-01-05 13:45:10.25" },
        { "datetime", "'2026-01-05'", CellKind.DateTime, "2026-01-05 00:00:00" },
        { "timestamp", "'2026-01-05 13:45:10+02:00'", CellKind.DateTimeOffset, "2026-01-05 13:45:10+02:00" },
        { "datetime", "'2026-01-05T13:45:10Z'", CellKind.DateTimeOffset, "2026-01-05 13:45:10+00:00" },
        { "time", "'09:30'", CellKind.Time, "09:30:00" },
        { "time", "'25:00'", CellKind.Text, "25:00" },
        { "json", "'{\"a\":1}'", CellKind.Json, "{\"a\":1}" },
        { "uuid", "'6f9619ff-8b86-d011-b42d-00c04fc964ff'", CellKind.Guid, "6f9619ff-8b86-d011-b42d-00c04fc964ff" },
        { "blob", "x'00ff'", CellKind.Binary, "0x00FF" },
        { "", "'text'", CellKind.Text, "text" },
        { "", "5", CellKind.Integer, "5" },
    };

    [Theory]
    [MemberData(nameof(SqliteValues))]
    public void A_value_of_SQLite_is_what_the_column_declares_where_it_can_be(string declared, string value, CellKind kind, string text)
    {
        using var connection = Open($"create table t(c {declared}); insert into t values({value})", out var command);
        using var reader = command.ExecuteReader();
        var rows = new RowReader(reader, TimeZoneInfo.Utc);
        var batch = new RowBatch(1);
        Assert.True(rows.Read(batch, CancellationToken.None));
        var cell = batch[0][0];
        Assert.Equal((kind, text), (cell.Kind, new CellText(System.Globalization.CultureInfo.InvariantCulture).Of(cell)));
        Assert.False(rows.Read(batch, CancellationToken.None));
        Assert.Equal(0, batch.Count);
    }

    [Theory]
    [InlineData("integer", ColumnKind.Integer)]
    [InlineData("bigint", ColumnKind.Integer)]
    [InlineData("numeric(10,2)", ColumnKind.Decimal)]
    [InlineData("double precision", ColumnKind.Double)]
    [InlineData("varchar(20)", ColumnKind.Text)]
    [InlineData("date", ColumnKind.Date)]
    [InlineData("timestamp", ColumnKind.DateTime)]
    [InlineData("bool", ColumnKind.Boolean)]
    [InlineData("json", ColumnKind.Json)]
    public void The_kind_of_a_column_is_known_without_rows(string declared, ColumnKind kind)
    {
        using var connection = Open($"create table t(c {declared})", out var command);
        using var reader = command.ExecuteReader();
        Assert.Equal(kind, Assert.Single(new RowReader(reader, TimeZoneInfo.Utc).Columns).Kind);
    }

    [Fact]
    public void A_time_with_an_offset_keeps_it()
    {
        var table = new System.Data.DataTable();
        table.Columns.Add("at", typeof(DateTimeOffset));
        table.Rows.Add(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(9)));
        using DbDataReader reader = table.CreateDataReader();
        var batch = new RowBatch(1);
        new RowReader(reader, Schedules.Zones.Find("Europe/Paris")).Read(batch, CancellationToken.None);
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
