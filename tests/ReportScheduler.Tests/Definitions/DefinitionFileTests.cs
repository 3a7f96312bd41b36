using ReportScheduler.Definitions;

namespace ReportScheduler.Tests.Definitions;

/// <summary>What a file of definitions may hold: one row a case, and words of the error for a value that cannot be used.</summary>
public sealed class DefinitionFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("definitions").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    // the document
    [InlineData("", "DefinitionFileNotReadable", "line 1 is not JSON")]
    [InlineData("{", "DefinitionFileNotReadable", "line 1 is not JSON")]
    [InlineData("[]", "DefinitionFileNotReadable", "it holds no tasks")]
    [InlineData("null", "DefinitionFileNotReadable", "it holds no tasks")]
    [InlineData("\"tasks\"", "DefinitionFileNotReadable", "it holds no tasks")]
    [InlineData("""{ "tasks": [] }""", "DefinitionFileNotReadable", "it holds no tasks")]
    [InlineData("""{ "format": "ReportScheduler" }""", "DefinitionNotUsable", "it has version 0, and this module reads version 1")]
    [InlineData("""{ "format": "ReportScheduler", "version": 2 }""", "DefinitionNotUsable", "it has version 2")]
    [InlineData("""{ "format": "ReportScheduler", "version": "1" }""", "DefinitionNotUsable", "it has version 0")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1.5 }""", "DefinitionNotUsable", "it has version 0")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": {} }""", "DefinitionNotUsable", "it is not a list")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": "none" }""", "DefinitionNotUsable", "it is not a list")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "tasks": [ 5 ] }""", "DefinitionNotUsable", "an entry is not an object")]
    [InlineData("""{ "format": "ReportScheduler", "version": 1, "connections": [ null ] }""", "DefinitionNotUsable",
        "an entry is not an object")]
    public void A_document_that_is_none_is_refused(string content, string errorId, string words) => Refused(content, errorId, words);

    [Theory]
    // members
    [InlineData("\"colour\": 1", "it has the member 'colour', which ReportTask does not have")]
    [InlineData("\"cron\": null, \"Cron\": null", "twice, in capitals and small letters")]
    // text, numbers, choices
    [InlineData("\"retry\": \"many\"", "its member 'retry' cannot be read")]
    [InlineData("\"retry\": 1.5", "its member 'retry' cannot be read")]
    [InlineData("\"retry\": 99999999999", "its member 'retry' cannot be read")]
    [InlineData("\"retry\": null", "null does not fit")]
    [InlineData("\"retry\": [1]", "its member 'retry' cannot be read")]
    [InlineData("\"to\": null", "its member 'to' cannot be read: null does not fit")]
    [InlineData("\"to\": [\"a@example.com\", null]", "its member 'to' cannot be read: null does not fit")]
    [InlineData("\"name\": null", "null does not fit")]
    [InlineData("\"name\": [\"x\"]", "its member 'name' cannot be read")]
    [InlineData("\"name\": { \"long\": \"5\" }", "its member 'name' cannot be read")]
    [InlineData("\"enabled\": \"perhaps\"", "its member 'enabled' cannot be read")]
    [InlineData("\"enabled\": {}", "its member 'enabled' cannot be read")]
    [InlineData("\"missed\": \"Sometimes\"", "'Sometimes' is none of RunOnce, Skip, RunAll")]
    [InlineData("\"missed\": \"7\"", "'7' is none of RunOnce, Skip, RunAll")]
    [InlineData("\"format\": \"Excel\"", "its member 'format' cannot be read")]
    [InlineData("\"format\": [\"Word\"]", "'Word' is not a format")]
    [InlineData("\"format\": [null]", "null does not fit")]
    [InlineData("\"delimiter\": \"\"", "its member 'delimiter' cannot be read")]
    [InlineData("\"delimiter\": \";;\"", "its member 'delimiter' cannot be read")]
    // durations and instants
    [InlineData("\"every\": \"soon\"", "'soon' is not a duration")]
    [InlineData("\"every\": \"5\"", "'5' is not a duration")]
    [InlineData("\"every\": 5", "'5' is not a duration")]
    [InlineData("\"every\": \"99999999999999999w\"", "is not a duration")]
    [InlineData("\"at\": \"tomorrow\"", "its member 'at' cannot be read")]
    [InlineData("\"at\": \"2026-02-30\"", "its member 'at' cannot be read")]
    [InlineData("\"at\": \"0001-01-01T00:00:00+14:00\"", "its member 'at' cannot be read")]
    // parts
    [InlineData("\"datasets\": 5", "it is not a list")]
    [InlineData("\"datasets\": [5]", "an entry is not an object")]
    [InlineData("\"datasets\": [{ \"name\": \"a\", \"sql\": \"select 1\" }]",
        "the dataset 'a' has the member 'sql', which ReportDataset does not have")]
    [InlineData("\"datasets\": [{ \"name\": \"a\", \"columns\": { } }]", "it is not a list")]
    [InlineData("\"datasets\": [{ \"name\": \"a\", \"columns\": [ { \"name\": \"x\", \"width\": \"wide\" } ] }]",
        "the member 'width' of the column")]
    [InlineData("\"datasets\": [{ \"name\": \"a\", \"columns\": [ { \"name\": \"x\", \"total\": \"median\" } ] }]", "'median' is none of")]
    [InlineData("\"datasets\": [{ \"name\": \"a\", \"columns\": [ { \"name\": \"x\", \"highlight\": [\"bigger 5\"] } ] }]",
        "'bigger 5' does not begin with greater")]
    [InlineData("\"datasets\": [{ \"name\": \"a\", \"columns\": [ { \"name\": \"x\", \"highlight\": [\"top 10; top 20\"] } ] }]",
        "is more than one rule")]
    [InlineData("\"datasets\": [{ \"name\": \"a\", \"charts\": [ { \"kind\": \"Donut\" } ] }]", "'Donut' is none of Bar, Line, Pie")]
    [InlineData("\"datasets\": [{ \"name\": \"a\", \"charts\": [ { \"kind\": \"Bar\", \"y\": 5 } ] }]",
        "the member 'y' of chart 1 cannot be read")]
    // parameters and their types
    [InlineData("\"parameters\": [1]", "its member 'parameters' cannot be read")]
    [InlineData("\"parameters\": \"x\"", "its member 'parameters' cannot be read")]
    [InlineData("\"parameters\": { \"a\": { \"money\": \"1\" } }", "'money' is not a type of value")]
    [InlineData("\"parameters\": { \"a\": { \"long\": \"x\" } }", "its member 'parameters' cannot be read")]
    [InlineData("\"parameters\": { \"a\": { \"decimal\": null } }", "null does not fit")]
    [InlineData("\"parameters\": { \"a\": { \"date\": \"2026-13-01\" } }", "its member 'parameters' cannot be read")]
    [InlineData("\"parameters\": { \"a\": { \"guid\": \"x\" } }", "its member 'parameters' cannot be read")]
    [InlineData("\"parameters\": { \"a\": { \"bytes\": \"?\" } }", "its member 'parameters' cannot be read")]
    [InlineData("\"parameters\": { \"a\": { \"double\": \"much\" } }", "its member 'parameters' cannot be read")]
    [InlineData("\"parameters\": { \"a\": { \"byte\": \"256\" } }", "its member 'parameters' cannot be read")]
    [InlineData("\"parameters\": { \"a\": 99999999999 }", "its member 'parameters' cannot be read")]
    [InlineData("\"parameters\": { \"a\": { } }", "its member 'parameters' cannot be read")]
    [InlineData("\"parameters\": { \"a\": { \"long\": \"1\", \"int\": \"2\" } }", "its member 'parameters' cannot be read")]
    // the form of the first versions
    [InlineData("\"datasets\": { \"a\": 5 }", "cannot be read")]
    [InlineData("\"datasets\": { \"a\": [\"select 1\"] }", "cannot be read")]
    [InlineData("\"query\": \"select 1\", \"total\": { \"a\": \"median\" }", "cannot be")]
    [InlineData("\"query\": \"select 1\", \"highlight\": { \"a\": \"bigger 5\" }", "bigger 5")]
    [InlineData("\"query\": \"select 1\", \"columnWidth\": { \"a\": \"wide\" }", "wide")]
    [InlineData("\"query\": [\"select 1\"], \"total\": { \"a\": \"sum\" }", "cannot be read")]
    public void A_value_of_a_task_that_does_not_fit_is_refused_by_name(string members, string words) =>
        Refused(
            $$"""{ "format": "ReportScheduler", "version": 1, "tasks": [ { "name": "Daily", {{members.Replace("\"name\": ", "\"name\" : ", StringComparison.Ordinal)}} } ] }"""
            .Replace("\"name\": \"Daily\", \"name\" :", "\"name\":", StringComparison.Ordinal), null, words);

    [Theory]
    [InlineData("connections", """{ "name": "c", "provider": "Access", "connectionString": "x" }""", "ProviderUnknown",
        "'Access' is not a known kind of database")]
    [InlineData("connections", """{ "name": "c" }""", null, "c")]
    [InlineData("connections", """{ "name": "c", "connectionString": "postgresql://db:99999/x" }""", null, "c")]
    [InlineData("connections", """{ "name": "c", "provider": "Sqlite", "connectionString": "Data Source=a.db", "readOnly": "perhaps" }""",
        "DefinitionNotUsable", "its member 'readOnly' cannot be read")]
    [InlineData("connections", """{ "name": "c", "provider": "Sqlite", "connectionString": "Data Source=a.db", "password": "hunter2" }""",
        "DefinitionNotUsable", "it has the member 'password'")]
    [InlineData("connections", """{ "name": "c", "connectionString": "sqlite:///a%00.db" }""", "ConnectionStringNotUsable",
        "cannot be used")]
    [InlineData("connections", """{ "name": "c", "connectionString": "a\u0000.db" }""", "ConnectionStringNotUsable",
        "it has a NUL character")]
    [InlineData("connections", """{ "name": "c", "connectionString": null }""", "DefinitionNotUsable",
        "its member 'connectionString' cannot be read: null does not fit")]
    [InlineData("mailServers", """{ "name": "m", "port": 99999999999 }""", "DefinitionNotUsable", "its member 'port' cannot be read")]
    [InlineData("mailServers", """{ "name": "m", "security": "Strong" }""", "DefinitionNotUsable", "'Strong' is none of")]
    [InlineData("mailServers", """{ "name": "m", "host": "smtp" }""", "DefinitionNotUsable", "it has the member 'host'")]
    [InlineData("identities", """{ "name": "i", "secretExpiresAt": "never" }""", "DefinitionNotUsable",
        "its member 'secretExpiresAt' cannot be read")]
    public void A_value_of_another_definition_that_does_not_fit_is_refused_by_name(string list, string item, string? errorId,
        string words) =>
        Refused($$"""{ "format": "ReportScheduler", "version": 1, "{{list}}": [ {{item}} ] }""", errorId, words);

    /// <summary>Whatever stands in a member is read or refused; nothing else is thrown, and the error names the member.</summary>
    [Theory]
    [InlineData("tasks", typeof(ReportTask))]
    [InlineData("connections", typeof(ReportConnection))]
    [InlineData("mailServers", typeof(ReportMailServer))]
    [InlineData("identities", typeof(ReportIdentity))]
    [InlineData("themes", typeof(ReportTheme))]
    public void Any_value_in_any_member_is_read_or_refused(string list, Type type)
    {
        string[] values =
        [
            "null", "true", "false", "0", "-1", "1.5", "1e999", "99999999999999999999999", "\"\"", "\"x\"", "\"\\u0000\"", "\"2026-13-45\"",
            "\"10675200d\"", "[]", "[null]", "[[]]",
            "[{}]", "[\"x\"]", "[1]", "{}", "{\"a\":null}", "{\"a\":{}}", "{\"file\":null}", "{\"file\":\"\\u0000\"}",
            "{\"a\":[{\"long\":\"x\"}]}", "{\"long\":{\"long\":\"1\"}}",
        ];
        foreach (var member in type.GetProperties().Where(member => member.CanWrite)
            .Select(member => char.ToLowerInvariant(member.Name[0]) + member.Name[1..]).Append("columnFormat").Append("chart"))
        {
            foreach (var value in values)
            {
                var item = member == "name" ? $$"""{ "name": {{value}} }""" : $$"""{ "name": "Daily", "{{member}}": {{value}} }""";
                var problem = Record.Exception(() => Read($$"""{ "format": "ReportScheduler", "version": 1, "{{list}}": [ {{item}} ] }"""));
                Assert.True(problem is null or ReportException, $"{member} = {value}: {problem}");
            }
        }
    }

    private void Refused(string content, string? errorId, string words)
    {
        var problem = Assert.IsType<ReportException>(Record.Exception(() => Read(content)));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.True(errorId is null || errorId == problem.ErrorId, $"{problem.ErrorId}: {problem.Message}");
    }

    private ReportDefinitions Read(string content)
    {
        var file = Path.Combine(folder, "reports.json");
        File.WriteAllText(file, content);
        return DefinitionSource.Read(file, envFile: null, "UTC");
    }
}
