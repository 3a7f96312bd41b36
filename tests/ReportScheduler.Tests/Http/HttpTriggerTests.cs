using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReportScheduler.Http;
using ReportScheduler.Tests.Store;

namespace ReportScheduler.Tests.Http;

public sealed class HttpTriggerTests : StoreFolderFixture
{
    private const string Master = HttpTestServer.Master;

    [Fact]
    public async Task A_task_runs_with_a_key_and_answers_at_once_with_the_address_of_its_run()
    {
        using var server = new HttpTestServer(NewStore());
        using var answer = await server.Send("POST", "/tasks/daily%20SALES/run", Master);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var run = Assert.Single(server.Asked);
        Assert.Equal(($"/runs/{run.Id}", "Daily sales", RunTrigger.Http), (answer.Headers.Location?.ToString(), run.TaskName, run.Trigger));
        using var shown = await server.Send("GET", $"/runs/{run.Id}", Master);
        Assert.Equal("Running", (await Json(shown)).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task What_is_due_is_claimed_once_however_often_it_is_called()
    {
        using var server = new HttpTestServer(NewStore());
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.Send("POST", "/due", Master)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal("Daily sales", Assert.Single(server.Asked).TaskName);
    }

    public static TheoryData<string, string, string?, int> Refusals => new()
    {
        // nobody acts without a key
        { "POST", "/due", null, 401 },
        { "POST", "/due", "wrong", 401 },
        { "POST", "/due", "", 401 },
        { "POST", "/tasks/Daily sales/run", null, 401 },
        { "POST", "/tasks/none/run", null, 401 },
        { "GET", "/runs/x", null, 401 },
        { "GET", "/metrics", null, 401 },
        // nothing else is there
        { "GET", "/", Master, 404 },
        { "GET", "/runs", Master, 404 },
        { "GET", "/runs/none", Master, 404 },
        { "POST", "/tasks/none/run", Master, 404 },
        { "POST", "/tasks/a/b/run", Master, 404 },
        { "POST", "/tasks/..%2F..%2Fetc/run", Master, 404 },
        // addresses take their own method only
        { "GET", "/due", Master, 405 },
        { "DELETE", "/due", Master, 405 },
        { "GET", "/tasks/Daily sales/run", Master, 405 },
        { "POST", "/healthz", Master, 405 },
        { "PUT", "/runs/x", Master, 405 },
        // a task that is switched off
        { "POST", "/tasks/off/run", Master, 409 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_wrong_request_is_told_what_is_wrong_and_runs_nothing(string method, string path, string? key, int status)
    {
        using var server = new HttpTestServer(NewStore());
        using var answer = await server.Send(method, path, key);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await Json(answer);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        Assert.Empty(server.Asked);
        Assert.Equal(status == 405, answer.Content.Headers.Allow.Count == 1);
        Assert.Equal(status == 401, answer.Headers.WwwAuthenticate.Count == 1);
        Assert.Single(server.Log);
    }

    [Theory]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    [InlineData("null", 400)]
    [InlineData("{\"x\":1}", 400)]
    [InlineData("{\"parameters\":[]}", 400)]
    [InlineData("{\"parameters\":{\"region\":{}}}", 400)]
    [InlineData("{\"parameters\":{\"region\":1e999}}", 400)]
    [InlineData("{\"parameters\":{\"secret\":1}}", 403)]
    [InlineData("\u0000\u0001", 400)]
    // half a pair of surrogates, in a value and in a name
    [InlineData("{\"parameters\":{\"region\":\"\\ud800\"}}", 400)]
    [InlineData("{\"parameters\":{\"region\":\"a\\udc00b\"}}", 400)]
    [InlineData("{\"parameters\":{\"\\ud800\":1}}", 400)]
    [InlineData("{\"\\ud800\":{}}", 400)]
    [InlineData("{\"parameters\":{\"region\":1},\"parameters\":{}}", 400)]
    [InlineData("{\"parameters\":{\"region\":1,\"Region\":2}}", 400)]
    public async Task A_body_that_is_not_what_the_task_allows_is_refused(string body, int status)
    {
        using var server = new HttpTestServer(NewStore());
        using var answer = await server.Send("POST", "/tasks/Daily sales/run", Master, body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(server.Asked);
    }

    public static TheoryData<string, byte[]> NotUtf8 => new()
    {
        { "a lone surrogate", [.. "{\"parameters\":{\"region\":\""u8, 0xED, 0xA0, 0x80, .. "\"}}"u8] },
        { "Latin-1", [.. "{\"parameters\":{\"region\":\""u8, 0xE9, .. "\"}}"u8] },
        { "an overlong form", [.. "{\"parameters\":{\"region\":\""u8, 0xC0, 0xAF, .. "\"}}"u8] },
        { "UTF-16", Encoding.Unicode.GetBytes("{}") },
        { "a cut character", [.. "{}"u8, 0xE2, 0x82] },
    };

    [Theory]
    [MemberData(nameof(NotUtf8))]
    public async Task A_body_that_is_not_UTF_8_is_refused(string what, byte[] body)
    {
        using var server = new HttpTestServer(NewStore());
        foreach (var path in new[] { "tasks/Daily%20sales/run", "due" })
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, server.Address + path) { Content = new ByteArrayContent(body) };
            message.Headers.Add("Authorization", $"Bearer {Master}");
            using var answer = await server.Client.SendAsync(message);
            if (what != "UTF-16" || path != "due")
            {
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            }
        }

        Assert.Equal(what == "UTF-16" ? 1 : 0, server.Asked.Count);
    }

    [Fact]
    public async Task Parameters_that_the_task_allows_are_those_of_the_run()
    {
        using var server = new HttpTestServer(NewStore());
        using var answer = await server.Send(
            "POST", "/tasks/Daily sales/run", Master,
            """{"parameters":{"Region":"north","top":9007199254740993,"share":0.1,"all":true,"none":null}}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var kept = Assert.Single(NewStore().GetRuns(new RunFilter { RunId = server.Asked.Single().Id })).Parameters!;
        Assert.Equal(["north", 9007199254740993L, 0.1m, true, null], kept.Values.Cast<object?>());
    }

    [Fact]
    public async Task A_limited_key_runs_its_tasks_only_until_it_is_revoked()
    {
        var store = NewStore();
        using var server = new HttpTestServer(store);
        store.Keys.Put(new ReportSchedulerKey { Name = "ci", TaskId = ["1"], ProtectedKey = store.Secrets.Protect("key of the ci") },
            PutMode.Add);
        Assert.Equal(HttpStatusCode.Accepted, (await server.Send("POST", "/tasks/Daily sales/run", "key of the ci")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Send("POST", "/tasks/off/run", "key of the ci")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Send("POST", "/tasks/none/run", "key of the ci")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Send("POST", "/due", "key of the ci")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Send("GET", "/metrics", "key of the ci")).StatusCode);
        var own = server.Asked.Single();
        var other = new ReportRun { Id = "other", TaskId = "2", Trigger = RunTrigger.Manual, DueAt = own.DueAt };
        store.AddRun(other);
        Assert.Equal(HttpStatusCode.OK, (await server.Send("GET", $"/runs/{own.Id}", "key of the ci")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Send("GET", "/runs/other", "key of the ci")).StatusCode);
        store.Keys.Remove("CI");
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Send("POST", "/tasks/Daily sales/run", "key of the ci")).StatusCode);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task The_same_Idempotency_Key_gets_the_same_run()
    {
        using var server = new HttpTestServer(NewStore());
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => server.Send("POST", "/tasks/Daily sales/run", Master, "", ("Idempotency-Key", "abc"))));
        Assert.Single(answers.Select(answer => answer.Headers.Location).Distinct());
        Assert.Single(server.Asked);
        Assert.Equal(HttpStatusCode.Conflict,
            (await server.Send("POST", "/tasks/Daily sales/run", Master, "{}", ("Idempotency-Key", "abc"))).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted,
            (await server.Send("POST", "/tasks/Daily sales/run", Master, "{}", ("Idempotency-Key", "def"))).StatusCode);
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task The_same_Idempotency_Key_gets_the_same_run_from_every_runner_of_the_store()
    {
        using var one = new HttpTestServer(NewStore());
        using var two = new HttpTestServer(NewStore());
        Uri? first = null;
        for (var call = 0; call < 10; call++)
        {
            var pair = await Task.WhenAll(new[] { one, two }.Select(
                server => server.Send("POST", "/tasks/Daily sales/run", Master, "", ("Idempotency-Key", $"pair {call}"))));
            Assert.All(pair, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
            var address = Assert.Single(pair.Select(answer => answer.Headers.Location).Distinct());
            first ??= address;
        }

        Assert.Equal(10, one.Asked.Count + two.Asked.Count);
        var removed = one.Asked.Concat(two.Asked).Single(run => $"/runs/{run.Id}" == first!.ToString());
        removed.Outcome = RunOutcome.Succeeded;
        Assert.True(NewStore().FinishRun(removed));
        NewStore().RemoveRuns([removed.Id]);
        Assert.Equal(HttpStatusCode.Conflict,
            (await one.Send("POST", "/tasks/Daily sales/run", Master, "", ("Idempotency-Key", "pair 0"))).StatusCode);
    }

    [Fact]
    public async Task Health_tells_of_a_runner_that_does_not_work()
    {
        using var server = new HttpTestServer(NewStore());
        async Task<(int Health, int Ready)> Ask()
        {
            using var health = await server.Send("GET", "/healthz", null);
            using var ready = await server.Send("GET", "/readyz", null);
            return ((int)health.StatusCode, (int)ready.StatusCode);
        }

        Assert.Equal((200, 200), await Ask());
        server.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal((503, 503), await Ask());
        server.Health.PassMade();
        Assert.Equal((503, 503), await Ask());
        server.Health.StoreUsed();
        Assert.Equal((200, 200), await Ask());
        server.Health.Stopping();
        Assert.Equal((200, 503), await Ask());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Send("POST", "/due", Master)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Send("POST", "/tasks/Daily sales/run", Master)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Send("GET", "/metrics", Master)).StatusCode);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task A_key_has_a_quota_and_others_do_not_notice()
    {
        var store = NewStore();
        using var server = new HttpTestServer(store);
        store.Keys.Put(new ReportSchedulerKey { Name = "ci", CallsPerMinute = 3, ProtectedKey = store.Secrets.Protect("key of the ci") },
            PutMode.Add);
        for (var call = 0; call < 3; call++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await server.Send("GET", "/runs/none", "key of the ci")).StatusCode);
        }

        using var over = await server.Send("GET", "/runs/none", "key of the ci");
        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.InRange(over.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 20);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Send("GET", "/runs/none", Master)).StatusCode);
    }

    [Fact]
    public async Task Refused_calls_are_summed_up()
    {
        var server = new HttpTestServer(NewStore());
        for (var call = 0; call < 30; call++)
        {
            (await server.Send("GET", "/none", null)).Dispose();
        }

        Assert.Single(server.Log);
        var metrics = await (await server.Send("GET", "/metrics", Master)).Content.ReadAsStringAsync();
        Assert.Contains("reportscheduler_http_refused_total{status=\"404\"} 30\n", metrics, StringComparison.Ordinal);
        Assert.Contains("reportscheduler_last_pass_timestamp_seconds ", metrics, StringComparison.Ordinal);
        server.Dispose();
        Assert.EndsWith("29 calls more refused within a minute.", server.Log.Last(), StringComparison.Ordinal);
        Assert.Equal(2, server.Log.Count);
    }

    [Fact]
    public async Task A_signed_request_runs_once_and_only_as_it_was_signed()
    {
        var store = NewStore();
        using var server = new HttpTestServer(store);
        store.Keys.Put(new ReportSchedulerKey { Name = "ci", ProtectedKey = store.Secrets.Protect("key of the ci") }, PutMode.Add);
        const string Path = "/tasks/Daily%20sales/run";
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var other = new HttpTestServer(NewStore());
        async Task<int> Send(
            long at, string signedPath, string signedBody, string body, string key = "key of the ci", string name = "CI",
            string? signedNonce = null, string? nonce = null, HttpTestServer? to = null)
        {
            var signed = $"{at}\n{(signedNonce is null ? "" : signedNonce + "\n")}POST\n{signedPath}\n{signedBody}";
            var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed));
            List<(string, string)> headers = [("X-Report-Key", name), ("X-Report-Timestamp", $"{at}"),
                ("X-Report-Signature", Convert.ToHexStringLower(signature))];
            if (nonce is not null)
            {
                headers.Add(("X-Report-Nonce", nonce));
            }

            using var answer = await (to ?? server).Send("POST", Path, null, body, [.. headers]);
            return (int)answer.StatusCode;
        }

        Assert.Equal(202, await Send(now, Path, "{}", "{}"));
        Assert.Equal(401, await Send(now, Path, "{}", "{}"));
        Assert.Equal(401, await Send(now, Path, "{}", "{} "));
        Assert.Equal(401, await Send(now, "/due", "{}", "{}"));
        Assert.Equal(401, await Send(now, Path, "{}", "{}", key: "another key"));
        Assert.Equal(401, await Send(now, Path, "{}", "{}", name: "other"));
        Assert.Equal(401, await Send(now - 400, Path, "{}", "{}"));
        Assert.Equal(401, await Send(long.MaxValue, Path, "{}", "{}"));
        Assert.Equal(202, await Send(now + 1, Path, "{}", "{}"));
        // two equal calls in one second, each with a nonce of its own
        Assert.Equal(202, await Send(now, Path, "{}", "{}", signedNonce: "a", nonce: "a"));
        Assert.Equal(202, await Send(now, Path, "{}", "{}", signedNonce: "b", nonce: "b"));
        Assert.Equal(401, await Send(now, Path, "{}", "{}", signedNonce: "b", nonce: "b"));
        Assert.Equal(401, await Send(now, Path, "{}", "{}", signedNonce: "c", nonce: "d"));
        Assert.Equal(401, await Send(now, Path, "{}", "{}", nonce: "e"));
        Assert.Equal(400, await Send(now, Path, "{}", "{}", signedNonce: "a b", nonce: "a b"));
        Assert.Equal(4, server.Asked.Count);
        // another runner of the store knows it too
        Assert.Equal(401, await Send(now, Path, "{}", "{}", to: other));
        Assert.Equal(401, await Send(now, Path, "{}", "{}", signedNonce: "b", nonce: "b", to: other));
        Assert.Empty(other.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_not_read(bool chunked)
    {
        using var server = new HttpTestServer(NewStore());
        using var message = new HttpRequestMessage(HttpMethod.Post,
            server.Address + "due") { Content = new ByteArrayContent(new byte[HttpBody.MostBytes + 1]) };
        message.Headers.TransferEncodingChunked = chunked;
        message.Headers.Add("Authorization", $"Bearer {Master}");
        using var answer = await server.Client.SendAsync(message);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Who_tries_wrong_keys_is_slowed_and_then_refused()
    {
        using var server = new HttpTestServer(NewStore());
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => server.Send("POST", "/due", $"guess {i}")));
        var later = await server.Send("POST", "/due", "guess 41");
        Assert.Equal(HttpStatusCode.TooManyRequests, later.StatusCode);
        Assert.NotNull(later.Headers.RetryAfter);
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests));
        Assert.Empty(server.Asked);
        Assert.DoesNotContain(server.Log, line => line.Contains("guess", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_keys_of_others_behind_the_same_proxy_keep_no_right_key_out()
    {
        using var server = new HttpTestServer(NewStore());
        using var over = new CancellationTokenSource();
        var guesses = Enumerable.Range(0, 24).Select(async _ =>
        {
            while (!over.IsCancellationRequested)
            {
                (await server.Send("POST", "/due", "guess")).Dispose();
            }
        }).ToList();
        for (var call = 0; call < 200; call++)
        {
            using var answer = await server.Send("GET", "/runs/none", Master);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        await over.CancelAsync();
        await Task.WhenAll(guesses);
        using var due = await server.Send("POST", "/due", Master);
        Assert.Equal(HttpStatusCode.Accepted, due.StatusCode);
    }

    [Fact]
    public async Task Health_needs_no_key_and_metrics_tell_the_figures()
    {
        using var server = new HttpTestServer(NewStore());
        Assert.Equal("""{"status":"ok"}""", await (await server.Send("GET", "/healthz", null)).Content.ReadAsStringAsync());
        var answer = await server.Send("GET", "/metrics", Master);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        Assert.Contains("reportscheduler_due 1", lines);
        Assert.Contains("reportscheduler_running 2", lines);
        Assert.Contains("reportscheduler_queue 3", lines);
        Assert.Contains("reportscheduler_succeeded_total 4", lines);
        Assert.Contains("reportscheduler_failed_total 6", lines);
    }

    [Fact]
    public async Task Ten_thousand_requests_are_all_answered()
    {
        using var server = new HttpTestServer(NewStore());
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var answer = i % 100 == 0 ? await server.Send("GET", "/runs/none", Master) : await server.Send("GET", "/healthz", null);
            statuses.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
        });
        Assert.Equal(9_900, statuses[HttpStatusCode.OK]);
        Assert.Equal(100, statuses[HttpStatusCode.NotFound]);
    }

    [Theory]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("POST /due HTTP/1.1\r\n\r\n")]
    [InlineData("POST /due HTTP/9.9\r\nHost: x\r\n\r\n")]
    [InlineData("POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")]
    [InlineData("POST /%zz%00/../due HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nno colon here\r\n\r\n")]
    [InlineData("POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer 0123456789abcdef-master\r\nTransfer-Encoding : "
        + "chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer 0123456789abcdef-master\r\nTransfer-Encoding: "
        + "chunked\r\n\r\nZZ\r\n")]
    [InlineData("POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer 0123456789abcdef-master\r\nContent-Length: 5\r\n\r\nab")]
    [InlineData("POST /due HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer 0123456789abcdef-master\r\n\r\n")]
    [InlineData("GET /runs/%FF HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer 0123456789abcdef-master\r\n\r\n")]
    public async Task Malformed_requests_end_and_the_server_goes_on(string text)
    {
        using var server = new HttpTestServer(NewStore());
        using (var socket = new TcpClient("127.0.0.1", server.Port))
        {
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            socket.Client.Shutdown(SocketShutdown.Send);
            using var time = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var answer = new byte[256];
            var length = 0;
            try
            {
                length = await stream.ReadAsync(answer, time.Token);
            }
            catch (IOException problem) when (problem.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
            {
                // an end too: the server hung up before it had read all of it
            }

            Assert.DoesNotContain("HTTP/1.1 2", Encoding.Latin1.GetString(answer, 0, length), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Send("GET", "/healthz", null)).StatusCode);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public void Without_a_key_or_with_a_bad_address_nothing_listens()
    {
        var store = NewStore();
        Assert.Equal("HttpKeyNeeded", Assert.Throws<ReportException>(
            () => new HttpTrigger("http://127.0.0.1:1/", null, store, null!, TimeProvider.System, _ => { })).ErrorId);
        using var server = new HttpTestServer(store);
        foreach (var address in new[] { "nonsense", "ftp://127.0.0.1/", "https://127.0.0.1:8650/", "http://127.0.0.1:8650/reports/",
            server.Address, "http://192.0.2.1:8650/" })
        {
            Assert.Equal("HttpListenFailed", Assert.Throws<ReportException>(
                () => new HttpTrigger(address, Master, store, null!, TimeProvider.System, _ => { })).ErrorId);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:8650/", false)]
    [InlineData("http://localhost:8650/", false)]
    [InlineData("https://+:8650/", false)]
    [InlineData("http://+:8650/", true)]
    [InlineData("http://192.168.0.7:8650/", true)]
    public void Keys_in_plain_text_to_other_machines_are_noticed(string address, bool exposed) =>
        Assert.Equal(exposed, HttpTrigger.IsExposed(address));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    [InlineData("*")]
    [InlineData("+")]
    public async Task Everywhere_has_several_names(string host)
    {
        using var server = new HttpTestServer(NewStore(), host);
        using var answer = await server.Send("GET", "/healthz", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(HttpTrigger.IsExposed($"http://{host}:8650/"));
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStreamAsync()).RootElement;
}
