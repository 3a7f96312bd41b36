using ReportScheduler.Commands;
using ReportScheduler.Definitions;
using ReportScheduler.Runs;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Tests.Runs;

namespace ReportScheduler.Tests.Sources.Providers;

/// <summary>A provider is one type and one line in the list: a made-up one is used from its name to its report.</summary>
[Collection(Name)]
public sealed class FifthProviderTests : IDisposable
{
    /// <summary>The list of providers is of the whole process.</summary>
    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;

    private const string Name = "The list of providers";

    private readonly IDisposable added = DatabaseProviders.Add(new LedgerProvider());
    private readonly RunFixture fixture = new();

    public void Dispose()
    {
        fixture.Dispose();
        added.Dispose();
    }

    [Theory]
    [InlineData(null, "ledger:///books/2026.book?patience=7", "Data Source=/books/2026.book;Default Timeout=7")]
    [InlineData("bookkeeping", "Data Source=/books/2026.book", "Data Source=/books/2026.book")]
    [InlineData("LEDGER", "ledger:///books/2026.book", "Data Source=/books/2026.book")]
    public void It_is_found_by_name_alias_and_scheme(string? provider, string text, string connectionString)
    {
        var parsed = ConnectionDefinition.Parse("x", provider, text, path => path);
        Assert.Equal(("Ledger", connectionString), (parsed.Provider, parsed.ConnectionString));
    }

    [Fact]
    public void Its_options_are_its_own() => Assert.Contains(
        "cannot follow its option 'year'; give it in the query",
        Assert.Throws<ReportException>(() => ConnectionDefinition.Parse("x", null, "ledger:///b?year=1", path => path)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void It_is_offered_and_named_where_a_provider_is_asked_for()
    {
        Assert.Contains("Ledger", new ProviderCompleter().CompleteArgument("", "", "Led", null!, new Dictionary<string, object>())
            .Select(offer => offer.CompletionText));
        Assert.Contains("Odbc or Ledger", Assert.Throws<ReportException>(() => DatabaseProviders.Named("Oracle")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_is_made_from_it_with_its_values_and_parameters()
    {
        var run = Run("SELECT account, pence FROM entries WHERE day = @day", task => task.Parameters = new() { ["day"] = "yesterday" });
        Assert.True(run.Outcome == RunOutcome.Succeeded, run.Error);
        Assert.Equal(["account,pence", "a,12.5"], File.ReadAllLines(Assert.Single(run.Files)).Select(line => line.Trim('\uFEFF')));
    }

    [Fact]
    public void Its_errors_are_what_it_says_they_are() => Assert.Equal("QueryDenied", Run("SELECT * FROM nowhere").ErrorId);

    [Fact]
    public void A_query_is_not_tried_where_it_does_not_say_how()
    {
        var task = Task("SELECT account FROM entries");
        var check = new TaskProbe(fixture.Store, fixture.Clock).Try(task, CancellationToken.None).Single(check => check.Check == "Query");
        Assert.True(check.Success);
        Assert.Contains("Ledger can tell them only by running it", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_goes_through_an_exported_file()
    {
        var file = Path.Combine(fixture.Folder, "moved.json");
        Task("SELECT account FROM entries");
        DefinitionFile.Write(new ReportDefinitions { Tasks = [.. fixture.Store.GetTasks()],
            Connections = [fixture.Store.ConnectionNamed("db")], MailServers = [] }, file, isFolder: false);
        Assert.Contains("\"provider\": \"Ledger\"", File.ReadAllText(file), StringComparison.Ordinal);
    }

    private ReportTask Task(string sql, Action<ReportTask>? change = null)
    {
        fixture.AddConnection("db", "Ledger", "Data Source=:memory:");
        return fixture.AddTask("books", task =>
        {
            (task.Connection, task.Query, task.Every, task.StartAt) = ("db", sql, null, null);
            change?.Invoke(task);
        });
    }

    private ReportRun Run(string sql, Action<ReportTask>? change = null)
    {
        var task = Task(sql, change);
        using var worker = fixture.Worker();
        return worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
    }
}
