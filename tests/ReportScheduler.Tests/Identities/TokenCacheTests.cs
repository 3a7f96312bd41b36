using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Identities;
using ReportScheduler.Secrets;

namespace ReportScheduler.Tests.Identities;

public sealed class TokenCacheTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 28, 9, 0, 0, TimeSpan.Zero));
    private readonly TokenCache cache;
    private int fetched;

    public TokenCacheTests() => cache = new TokenCache(clock);

    [Theory]
    // life of the token, then minutes later; how many were fetched by then
    [InlineData(60, 54, 1)]
    [InlineData(60, 56, 2)]
    [InlineData(60, 61, 2)]
    // a short one holds for half of its time
    [InlineData(4, 1, 1)]
    [InlineData(4, 3, 2)]
    // managed identities give tokens for a day
    [InlineData(1440, 1400, 1)]
    public async Task A_token_is_reused_and_renewed_before_it_ends(int life, int later, int expected)
    {
        await Get("a", life);
        clock.Advance(TimeSpan.FromMinutes(later));
        var token = await Get("a", life);
        Assert.Equal(expected, fetched);
        Assert.True(token.ExpiresAt > clock.GetUtcNow());
    }

    [Fact]
    public async Task Many_at_once_get_one_token()
    {
        var gate = new TaskCompletionSource<IdentityToken>();
        var all = Enumerable.Range(0, 20)
            .Select(_ => cache.GetAsync("a", _ => { fetched++; return gate.Task; }, TestContext.Current.CancellationToken)).ToList();
        gate.SetResult(new IdentityToken("t", clock.GetUtcNow().AddHours(1)));
        Assert.Single((await Task.WhenAll(all)).Distinct());
        Assert.Equal(1, fetched);
    }

    [Fact]
    public async Task One_that_a_server_refused_is_fetched_again_and_those_of_others_are_not()
    {
        await Get("a", 60);
        await Get("b", 60);
        cache.Forget("a");
        await Get("a", 60);
        await Get("b", 60);
        Assert.Equal(3, fetched);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        await Assert.ThrowsAsync<IOException>(
            () => cache.GetAsync("a", _ => throw new IOException(), TestContext.Current.CancellationToken));
        Assert.Equal("1", (await Get("a", 60)).Text);
    }

    private Task<IdentityToken> Get(string key, int life) => cache.GetAsync(
        key, _ => Task.FromResult(new IdentityToken($"{++fetched}", clock.GetUtcNow().AddMinutes(life))),
        TestContext.Current.CancellationToken);
}
