using System.Data;
using System.Text.Json;

namespace ReportScheduler.Tests.Exports.Json;

public sealed class JsonWriterTests : IDisposable
{
    private readonly ExportFolder folder = new();

    public static TheoryData<object, string> Values => new()
    {
        { "text \"q\" \\ \n é 🙂 <b>", "\"text \\\"q\\\" \\\\ \\n é \\uD83D\\uDE42 <b>\"" },
        { "", "\"\"" },
        { DBNull.Value, "null" },
        { "12345678901234567890", "\"12345678901234567890\"" },
        { long.MinValue, "-9223372036854775808" },
        { ulong.MaxValue, "18446744073709551615" },
        { 12345678901234567890.12m, "12345678901234567890.12" },
        { 1.50m, "1.50" },
        { 0.1, "0.1" },
        { double.NaN, "\"NaN\"" },
        { double.PositiveInfinity, "\"Infinity\"" },
        { true, "true" },
        { new DateTime(2026, 3, 1, 13, 5, 7), "\"2026-03-01T13:05:07\"" },
        { new DateOnly(2026, 3, 1), "\"2026-03-01\"" },
        { new DateTimeOffset(2026, 3, 1, 13, 5, 7, TimeSpan.FromHours(-8)), "\"2026-03-01T13:05:07-08:00\"" },
        { new TimeSpan(0, 9, 30, 0, 250), "\"09:30:00.25\"" },
        { Guid.Empty, "\"00000000-0000-0000-0000-000000000000\"" },
        { new byte[] { 1, 2, 3 }, "\"AQID\"" },
        { new object[] { 1, "a", DBNull.Value, new[] { 2.5m } }, "[1,\"a\",null,[2.5]]" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_written_as(object value, string json)
    {
        var table = new DataTable();
        table.Columns.Add("a", value is DBNull ? typeof(string) : value.GetType());
        table.Rows.Add([value]);
        Assert.Equal($"[\n{{\"a\":{json}}}\n]\n",
            Text(folder.Export(ExportFolder.Task(ReportFormat.Json), ("Sales", table.CreateDataReader())).Files));
    }

    [Fact]
    public void A_JSON_column_is_embedded_where_it_is_valid()
    {
        folder.Sqlite(ExportFolder.Task(ReportFormat.Json),
            "create table t(j json); insert into t values('{\"a\": [1, 2]}'), ('{broken'), (null); select * from t");
        Assert.Equal("[\n{\"j\":{\"a\": [1, 2]}},\n{\"j\":\"{broken\"},\n{\"j\":null}\n]\n",
            Text([Path.Combine(folder.Path, "sales.json")]));
    }

    [Fact]
    public void Several_datasets_make_an_object_of_arrays()
    {
        var table = new DataTable();
        table.Columns.Add("n", typeof(int));
        var empty = table.Clone();
        table.Rows.Add(1);
        table.Rows.Add(2);
        var task = ExportFolder.TaskWithDatasets(["One \"x\"", "None"], ReportFormat.Json);
        var result = folder.Export(task, ("One \"x\"", table.CreateDataReader()), ("None", empty.CreateDataReader()));
        using var json = JsonDocument.Parse(Text(result.Files));
        Assert.Equal([1, 2], json.RootElement.GetProperty("One \"x\"").EnumerateArray().Select(row => row.GetProperty("n").GetInt32()));
        Assert.Empty(json.RootElement.GetProperty("None").EnumerateArray());
    }

    [Fact]
    public void Repeated_and_missing_names_become_different()
    {
        folder.Sqlite(ExportFolder.Task(ReportFormat.Json), "select 1 as a, 2 as A, 3 as \"\", 4 as a, 5 as a_2");
        Assert.Equal("[\n{\"a\":1,\"A_3\":2,\"Column3\":3,\"a_4\":4,\"a_2\":5}\n]\n", Text([Path.Combine(folder.Path, "sales.json")]));
    }

    [Fact]
    public void No_rows_are_an_empty_array()
    {
        folder.Sqlite(ExportFolder.Task(ReportFormat.Json), "select 1 as a where 0");
        Assert.Equal("[]\n", Text([Path.Combine(folder.Path, "sales.json")]));
    }

    public void Dispose() => folder.Dispose();

    private static string Text(IReadOnlyList<string> files) => File.ReadAllText(Assert.Single(files));
}
