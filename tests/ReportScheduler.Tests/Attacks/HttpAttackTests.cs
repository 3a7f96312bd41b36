using System.Net;
using System.Net.Http.Headers;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Hostile callers shut nobody out, and a runner ends while they are there.</summary>
public sealed class HttpAttackTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static int Times => int.TryParse(Environment.GetEnvironmentVariable("REPORTSCHEDULER_ATTACKS"), out var times) ? times : 1;

    [Theory]
    [InlineData("idle", 400)]
    [InlineData("half a header", 400)]
    [InlineData("slow body", 100)]
    [InlineData("slow body with a signature", 100)]
    [InlineData("garbage", 100)]
    [InlineData("flood", 400)]
    public async Task Whoever_has_a_key_gets_in_and_SIGTERM_ends_the_runner(string kind, int count)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill; run this on Linux or macOS");
        using var runner = new RunnerProcess();
        await runner.Listens;
        for (var time = 0; time < Times; time++)
        {
            using var attack = new HttpAttack(runner.Port);
            await attack.BeginAsync(kind, count);
            await AskAsync(runner);
        }

        using var last = new HttpAttack(runner.Port);
        await last.BeginAsync(kind, count);
        runner.Terminate();
        Assert.Equal(0, await runner.EndAsync(Patience));
        // refused calls are told once a kind and summed up: not a line each
        Assert.InRange(runner.Output.Count(line => line.StartsWith("HTTP ", StringComparison.Ordinal)), 0, 20);
    }

    [Fact]
    public async Task For_ends_a_runner_that_is_attacked_in_every_way()
    {
        using var runner = new RunnerProcess("-For 6s");
        await runner.Listens;
        using var attack = new HttpAttack(runner.Port);
        foreach (var kind in new[] { "idle", "half a header", "slow body", "slow body with a signature", "garbage", "flood" })
        {
            await attack.BeginAsync(kind, 50);
        }

        Assert.Equal(0, await runner.EndAsync(Patience));
        Assert.Contains("Succeeded", runner.Output);
    }

    private static async Task AskAsync(RunnerProcess runner)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{runner.Port}/") };
        for (var call = 0; call < 10; call++)
        {
            using var health = await client.GetAsync(new Uri("healthz", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
            using var message = new HttpRequestMessage(HttpMethod.Post, "tasks/Every second 1/run");
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunnerProcess.Key);
            message.Content = new ByteArrayContent([]);
            using var answer = await client.SendAsync(message);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
    }
}
