using System.Net;
using ReportScheduler.Files;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Store;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Http;

/// <summary>What callers are told of a store that cannot be used: why, and nothing of where it is and who uses it.</summary>
public sealed class HttpStoreTroubleTests : StoreFolderFixture
{
    private const string Master = HttpTestServer.Master;
    private const string Secret = "password authentication failed for user \"bob\" at db.internal";

    private static readonly Exception Driver = new InvalidOperationException(Secret);

    [Theory]
    [InlineData("busy", "The store is busy.", 5, HttpStatusCode.OK)]
    [InlineData("away", "The store cannot be reached or used now; the runner's log says why.", 30, HttpStatusCode.ServiceUnavailable)]
    [InlineData("refused", "The store refuses the account of the runner; the runner's log says why.", 30,
        HttpStatusCode.ServiceUnavailable)]
    public async Task Callers_are_told_why_the_store_cannot_be_used_and_the_probe_says_the_same(
        string kind, string words, int retryAfter, HttpStatusCode ready)
    {
        var (real, isTroubled) = (NewStore(), false);
        ReportException Problem() => kind switch
        {
            "busy" => FileErrors.StoreBusy(real.Address, TimeSpan.FromSeconds(30)),
            "away" => RelationalErrors.StoreUnreachable(real.Address, Driver),
            _ => RelationalErrors.StoreDenied(real.Address, Driver),
        };
        using var server = new HttpTestServer(
            BrokenStore.Of(real, (method, _) => isTroubled && method == nameof(IReportStore.GetRuns) ? throw Problem() : false));
        server.Health.StoreUsed();
        isTroubled = true;
        using var answer = await server.Send("GET", "/runs/none", Master);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, retryAfter),
            (answer.StatusCode, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Contains(words, System.Text.RegularExpressions.Regex.Unescape(body), StringComparison.Ordinal);
        Assert.DoesNotContain("bob", body, StringComparison.Ordinal);
        Assert.DoesNotContain(real.Address, body, StringComparison.Ordinal);
        Assert.Contains(server.Log, line => line.Contains(kind == "busy" ? "was in use" : "bob", StringComparison.Ordinal));

        using var probe = await server.Send("GET", "/readyz", null);
        Assert.Equal(ready, probe.StatusCode);
        var told = System.Text.RegularExpressions.Regex.Unescape(
            await probe.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ready != HttpStatusCode.OK, told.Contains(words, StringComparison.Ordinal));
        // one that is away for a moment is no reason to end the process
        Assert.Equal(HttpStatusCode.OK, (await server.Send("GET", "/healthz", null)).StatusCode);
        Assert.Equal(ready != HttpStatusCode.OK, server.Health.IsStoreToBeTried);
        server.Health.StoreUsed();
        Assert.Equal(HttpStatusCode.OK, (await server.Send("GET", "/readyz", null)).StatusCode);
    }

    [Fact]
    public async Task What_the_store_is_not_the_reason_of_is_not_said_of_it()
    {
        var (real, isTroubled) = (NewStore(), false);
        using var server = new HttpTestServer(BrokenStore.Of(real, (method, _) => isTroubled && method == nameof(IReportStore.GetRuns)
            ? throw StoreErrors.TaskChangedMeanwhile("sales") : false));
        isTroubled = true;
        using var answer = await server.Send("GET", "/runs/none", Master);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("store", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await server.Send("GET", "/readyz", null)).StatusCode);
    }
}
