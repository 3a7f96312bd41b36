using ReportScheduler.Definitions;

namespace ReportScheduler.Tests.Definitions.Python;

/// <summary>The fields of the Python tool's tasks.json: one row a case, what becomes of it, or words of the error.</summary>
public sealed class PythonTasksTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("python").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    // one value a row: the member of the task and what it is afterwards
    [InlineData("\"description\": \"d\"", "Description", "d")]
    [InlineData("\"description\": \"\"", "Description", "")]
    [InlineData("\"email_recipients\": [\"a@example.com\", \" \", \"b@example.com\"]", "To", "a@example.com b@example.com")]
    [InlineData("\"email_recipients\": \"a@example.com, b@example.com;c@example.com\"", "To", "a@example.com b@example.com c@example.com")]
    [InlineData("\"email_recipients\": null", "To", "")]
    [InlineData("\"email_cc_recipients\": [\"c@example.com\"]", "Cc", "c@example.com")]
    [InlineData("\"email_subject\": \"Sales\"", "Subject", "Sales")]
    [InlineData("\"email_subject\": \"{{ x }}\"", "Subject", "{% raw %}{{ x }}{% endraw %}")]
    [InlineData("\"is_active\": true", "Enabled", "True")]
    [InlineData("\"is_active\": \"no\"", "Enabled", "False")]
    [InlineData("\"is_active\": 0", "Enabled", "False")]
    [InlineData("\"is_active\": \"\"", "Enabled", "False")]
    [InlineData("\"export_excel\": true, \"export_pdf\": 1", "Format", "Excel Pdf")]
    [InlineData("\"export_excel\": false, \"export_pdf\": \"yes\"", "Format", "Pdf")]
    [InlineData("\"export_excel\": false", "Format", "Excel")]
    [InlineData("\"export_excel\": false, \"email_recipients\": \"a@example.com\"", "Format", "")]
    [InlineData("\"created_at\": \"2024-05-06T07:08:09\"", "CreatedAt", "2024-05-06 05:08:09")]
    [InlineData("\"created_at\": \"2024-05-06T07:08:09+00:00\"", "CreatedAt", "2024-05-06 07:08:09")]
    [InlineData("\"created_at\": \"\"", "CreatedAt", "1970-01-01 00:00:00")]
    [InlineData("\"run_count\": 17", "RunCount", "17")]
    [InlineData("\"run_count\": \"many\"", "RunCount", "0")]
    [InlineData("\"error_count\": \"3\"", "ErrorCount", "3")]
    [InlineData("\"last_error\": \"boom\"", "LastError", "boom")]
    // schedules
    [InlineData("\"schedule_type\": \"interval\", \"schedule_config\": { \"hours\": 1, \"minutes\": 30 }", "Every", "01:30:00")]
    [InlineData("\"schedule_type\": \"interval\", \"schedule_config\": { \"hours\": \"0.5\" }", "Every", "00:30:00")]
    [InlineData("\"schedule_type\": \"INTERVAL\", \"schedule_config\": { \"weeks\": 1 }", "Every", "7.00:00:00")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": { \"hour\": 9, \"minute\": 0 }", "Cron", "0 9 * * *")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": { \"hour\": 9, \"jitter\": 30 }", "Cron", "0 9 * * *")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": { \"hour\": 9, \"timezone\": \"Asia/Tokyo\" }", "TimeZone",
        "Asia/Tokyo")]
    [InlineData("\"schedule_type\": \"once\", \"schedule_config\": { \"run_date\": \"2031-01-01 09:00\" }", "At", "2031-01-01 08:00:00")]
    [InlineData("\"schedule_type\": \"date\", \"schedule_config\": { \"run_date\": \"2031-01-01T09:00:00Z\" }", "At",
        "2031-01-01 09:00:00")]
    [InlineData("\"schedule_type\": \"once\", \"next_run\": \"2031-01-01T09:00:00Z\"", "At", "2031-01-01 09:00:00")]
    [InlineData("\"schedule_type\": \"manual\"", "Cron", "")]
    [InlineData("\"schedule_type\": \"none\"", "Every", "")]
    [InlineData("\"schedule_type\": \"interval\", \"schedule_config\": { \"days\": 1, \"start_date\": \"2031-01-01\" }", "StartAt",
        "2030-12-31 23:00:00")]
    public void A_field_becomes_a_member(string fields, string member, string expected)
    {
        var read = Read(fields);
        Assert.Empty(read.Refused);
        Assert.Equal(expected, Shown(typeof(ReportTask).GetProperty(member)!.GetValue(Assert.Single(read.Tasks))));
    }

    [Theory]
    // flags, texts and times
    [InlineData("\"is_active\": \"perhaps\"", "its is_active is 'perhaps' and neither true nor false")]
    [InlineData("\"is_active\": [true]", "and neither true nor false")]
    [InlineData("\"export_excel\": 2", "its export_excel is '2'")]
    [InlineData("\"export_pdf\": {}", "its export_pdf is '{}'")]
    [InlineData("\"query\": 5", "its query is number and not text")]
    [InlineData("\"query\": [\"select 1\"]", "its query is array and not text")]
    [InlineData("\"created_at\": \"yesterday\"", "'yesterday' is not a date and time")]
    [InlineData("\"created_at\": 1714979289", "is not a date and time")]
    [InlineData("\"last_run\": \"2024-13-01\"", "'2024-13-01' is not a date and time")]
    [InlineData("\"last_run\": \"0001-01-01T00:00:00+14:00\"", "0001-01-01")]
    [InlineData("\"last_run\": \"9999-12-31T23:59:59-14:00\"", "9999-12-31")]
    [InlineData("\"created_at\": \"0001-01-01\"", "0001-01-01")]
    // the database
    [InlineData("\"database_url\": \"\"", "it has no database_url")]
    [InlineData("\"database_url\": \"access:///x\"", "access")]
    [InlineData("\"database_url\": \"postgresql://db:x/y\"", "")]
    // the schedule
    [InlineData("\"schedule_type\": \"weekly\"", "its schedule_type 'weekly' is not cron, interval or once")]
    [InlineData("\"schedule_type\": 5", "its schedule_type '5' is not cron, interval or once")]
    [InlineData("\"schedule_config\": { \"hour\": 9 }", "it has a schedule_config and no schedule_type")]
    [InlineData("\"schedule_type\": \"cron\"", "it has no schedule_config, and its schedule_type is cron")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": \"0 9 * * *\"",
        "its schedule_config is '\"0 9 * * *\"' and not an object")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": []", "its schedule_config is '[]' and not an object")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": {}", "its schedule_config has none of")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": { \"hours\": 9 }", "the field 'hours', and cron has")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": { \"hour\": true }",
        "the field 'hour' of its schedule_config is 'true'")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": { \"hour\": [9] }", "the field 'hour' of its schedule_config is '[9]'")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": { \"hour\": 9, \"timezone\": \"Mars\" }", "'Mars' is not a time zone")]
    [InlineData("\"schedule_type\": \"cron\", \"schedule_config\": { \"hour\": 9, \"start_date\": \"soon\" }",
        "'soon' is not a date and time")]
    [InlineData("\"schedule_type\": \"interval\", \"schedule_config\": {}", "its interval is empty")]
    [InlineData("\"schedule_type\": \"interval\", \"schedule_config\": { \"hours\": 0 }", "its interval is empty")]
    [InlineData("\"schedule_type\": \"interval\", \"schedule_config\": { \"hours\": \"two\" }", "its interval has 'two' hours")]
    [InlineData("\"schedule_type\": \"interval\", \"schedule_config\": { \"hours\": \"NaN\" }", "its interval has 'NaN' hours")]
    [InlineData("\"schedule_type\": \"interval\", \"schedule_config\": { \"weeks\": 1e300 }", "its interval has '1e300' weeks")]
    [InlineData("\"schedule_type\": \"interval\", \"schedule_config\": { \"hours\": -1 }", "its interval is empty")]
    [InlineData("\"schedule_type\": \"interval\", \"schedule_config\": { \"month\": 1 }", "the field 'month', and an interval has")]
    [InlineData("\"schedule_type\": \"once\"", "its schedule has no run_date")]
    [InlineData("\"schedule_type\": \"once\", \"schedule_config\": { \"run_date\": \"soon\" }", "'soon' is not a date and time")]
    [InlineData("\"schedule_type\": \"once\", \"schedule_config\": { \"date\": \"2031-01-01\" }",
        "the field 'date', and a date has run_date")]
    public void A_field_that_cannot_be_used_is_refused_by_name(string fields, string words)
    {
        var read = Read(fields);
        Assert.Empty(read.Tasks);
        Assert.Contains(words, Assert.Single(read.Refused).Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever stands in a field, the task is read or refused, and the others of the file are read.</summary>
    [Fact]
    public void Any_value_in_any_field_is_read_or_refused()
    {
        string[] fields =
        [
            "task_id", "name", "description", "query", "database_type", "database_url", "schedule_type", "schedule_config",
            "email_recipients", "email_cc_recipients", "email_subject",
            "export_excel", "export_pdf", "excel_path", "pdf_path", "is_active", "created_at", "last_run", "run_count", "error_count",
            "last_error",
        ];
        string[] values = ["null", "true", "0", "-1", "1e999", "\"\"", "\"x\"", "\"\\u0000\"", "[]", "[null]", "[[]]", "[{}]", "{}",
            "{\"a\":null}"];
        foreach (var field in fields)
        {
            foreach (var value in values)
            {
                var read = Read($"\"{field}\": {value}", another: true);
                Assert.True(read.Tasks.Count + read.Refused.Count == 2 && read.Tasks.Any(task => task.Id == "other"), $"{field} = {value}");
            }
        }
    }

    private ReportDefinitions Read(string fields, bool another = false)
    {
        var given = fields.Split('"')[1];
        var defaults = new Dictionary<string, string>
        {
            ["task_id"] = "\"1\"",
            ["name"] = "\"Daily\"",
            ["query"] = "\"select 1\"",
            ["database_url"] = "\"sqlite:///a.db\"",
            ["export_excel"] = "true",
        };
        var kept = string.Concat(defaults.Where(field => field.Key != given).Select(field => $"\"{field.Key}\": {field.Value}, "));
        var other = another
            ? """
                , { "task_id": "other", "query": "select 2", "database_url": "sqlite:///b.db",
                    "export_excel": true, "schedule_type": "manual" }
                """
            : "";
        var file = Path.Combine(folder, "tasks.json");
        File.WriteAllText(file,
            $"[ {{ {kept}"
                + (fields.Contains("schedule_type", StringComparison.Ordinal) || given == "schedule_config"
                    ? ""
                    : "\"schedule_type\": \"\", ")
                + $"{fields} }}{other} ]");
        return DefinitionSource.Read(file, envFile: null, "Europe/Paris");
    }

    private static string Shown(object? value) => value switch
    {
        null => "",
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        Array items => string.Join(' ', items.Cast<object>()),
        _ => $"{value}",
    };
}
