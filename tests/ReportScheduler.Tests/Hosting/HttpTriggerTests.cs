using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReportScheduler.Hosting;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Tasks;
using ReportScheduler.Tests.Store;

namespace ReportScheduler.Tests.Hosting;

public sealed class HttpTriggerTests : StoreFolderFixture
{
    private const string Master = "0123456789abcdef-master";

    [Fact]
    public async Task A_task_runs_with_a_key_and_answers_at_once_with_the_address_of_its_run()
    {
        using var server = new Server(NewStore());
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
        using var server = new Server(NewStore());
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
        using var server = new Server(NewStore());
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
    public async Task A_body_that_is_not_what_the_task_allows_is_refused(string body, int status)
    {
        using var server = new Server(NewStore());
        using var answer = await server.Send("POST", "/tasks/Daily sales/run", Master, body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Parameters_that_the_task_allows_are_those_of_the_run()
    {
        using var server = new Server(NewStore());
        using var answer = await server.Send(
            "POST", "/tasks/Daily sales/run", Master, """{"parameters":{"Region":"north","top":9007199254740993,"share":0.1,"all":true,"none":null}}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var kept = Assert.Single(NewStore().GetRuns(new RunFilter { RunId = server.Asked.Single().Id })).Parameters!;
        Assert.Equal(["north", 9007199254740993L, 0.1m, true, null], kept.Values.Cast<object?>());
    }

    [Fact]
    public async Task A_limited_key_runs_its_tasks_only_until_it_is_revoked()
    {
        var store = NewStore();
        using var server = new Server(store);
        store.PutKey(new ReportSchedulerKey { Name = "ci", TaskId = ["1"], ProtectedKey = store.Secrets.Protect("key of the ci") }, PutMode.Add);
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
        store.RemoveKey("CI");
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Send("POST", "/tasks/Daily sales/run", "key of the ci")).StatusCode);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task The_same_Idempotency_Key_gets_the_same_run()
    {
        using var server = new Server(NewStore());
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.Send("POST", "/tasks/Daily sales/run", Master, "", ("Idempotency-Key", "abc"))));
        Assert.Single(answers.Select(answer => answer.Headers.Location).Distinct());
        Assert.Single(server.Asked);
        Assert.Equal(HttpStatusCode.Conflict, (await server.Send("POST", "/tasks/Daily sales/run", Master, "{}", ("Idempotency-Key", "abc"))).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await server.Send("POST", "/tasks/Daily sales/run", Master, "{}", ("Idempotency-Key", "def"))).StatusCode);
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task A_signed_request_runs_once_and_only_as_it_was_signed()
    {
        var store = NewStore();
        using var server = new Server(store);
        store.PutKey(new ReportSchedulerKey { Name = "ci", ProtectedKey = store.Secrets.Protect("key of the ci") }, PutMode.Add);
        const string Path = "/tasks/Daily%20sales/run";
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        async Task<int> Send(long at, string signedPath, string signedBody, string body, string key = "key of the ci", string name = "CI")
        {
            var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{at}\nPOST\n{signedPath}\n{signedBody}"));
            using var answer = await server.Send("POST", Path, null, body,
                ("X-Report-Key", name), ("X-Report-Timestamp", $"{at}"), ("X-Report-Signature", Convert.ToHexStringLower(signature)));
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
        Assert.Equal(2, server.Asked.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_not_read(bool chunked)
    {
        using var server = new Server(NewStore());
        using var message = new HttpRequestMessage(HttpMethod.Post, server.Address + "due") { Content = new ByteArrayContent(new byte[HttpTrigger.MostBytes + 1]) };
        message.Headers.TransferEncodingChunked = chunked;
        using var answer = await server.Client.SendAsync(message);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Who_tries_wrong_keys_is_slowed_and_then_refused()
    {
        using var server = new Server(NewStore());
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
        using var server = new Server(NewStore());
        using var over = new CancellationTokenSource();
        var guesses = Enumerable.Range(0, 24).Select(async _ =>
        {
            while (!over.IsCancellationRequested)
                (await server.Send("POST", "/due", "guess")).Dispose();
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
        using var server = new Server(NewStore());
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
        using var server = new Server(NewStore());
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
    public async Task Malformed_requests_end_and_the_server_goes_on(string text)
    {
        using var server = new Server(NewStore());
        using (var socket = new TcpClient("127.0.0.1", server.Port))
        {
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            socket.Client.Shutdown(SocketShutdown.Send);
            using var time = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            var answer = new byte[256];
            var length = await stream.ReadAsync(answer, time.Token);
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
        using var server = new Server(store);
        foreach (var address in new[] { "nonsense", "ftp://127.0.0.1/", server.Address, "http://192.0.2.1:8650/" })
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
        using var server = new Server(NewStore(), host);
        using var answer = await server.Send("GET", "/healthz", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(HttpTrigger.IsExposed($"http://{host}:8650/"));
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStreamAsync()).RootElement;

    private sealed class Server : IRunRequests, IDisposable
    {
        private readonly IReportStore store;
        private readonly HttpTrigger trigger;

        public Server(IReportStore store, string host = "127.0.0.1")
        {
            this.store = store;
            var now = TimeProvider.System.GetUtcNow();
            store.PutTask(
                new ReportTask { Id = "1", Name = "Daily sales", HttpParameters = ["region", "top", "share", "all", "none"] },
                PutMode.Replace, now.AddMinutes(-1));
            store.PutTask(new ReportTask { Id = "2", Name = "off", Enabled = false }, PutMode.Replace, null);
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            trigger = new HttpTrigger($"http://{host}:{Port}/", Master, store, this, TimeProvider.System, Log.Enqueue);
        }

        public int Port { get; }

        public string Address => $"http://127.0.0.1:{Port}/";

        public HttpClient Client { get; } = new();

        public ConcurrentQueue<ReportRun> Asked { get; } = new();

        public ConcurrentQueue<string> Log { get; } = new();

        public async Task<HttpResponseMessage> Send(string method, string path, string? key, string body = "", params (string Name, string Value)[] headers)
        {
            using var message = new HttpRequestMessage(new HttpMethod(method), Address.TrimEnd('/') + path);
            if (key is not null)
                message.Headers.TryAddWithoutValidation("Authorization", new AuthenticationHeaderValue("Bearer", key).ToString());
            foreach (var (name, value) in headers)
                message.Headers.Add(name, value);
            if (method is "POST" or "PUT")
                message.Content = new StringContent(body, Encoding.UTF8, "application/json");
            return await Client.SendAsync(message);
        }

        public IReadOnlyList<ReportRun> RequestDue()
        {
            var claimed = store.ClaimDue(TimeProvider.System.GetUtcNow(), "server", 10, (task, _) => new DuePlan([task.State.NextRunAt!.Value], [], null));
            foreach (var run in claimed)
                Asked.Enqueue(run);
            return claimed;
        }

        public ReportRun RequestRun(ReportTask task, OrderedDictionary? parameters, string? requestKey)
        {
            using var worker = new RunWorker(store, TimeProvider.System);
            var run = worker.Add(task, parameters, requestKey);
            Asked.Enqueue(run);
            return run;
        }

        public RunnerCounts Count() => new(2, 3, new Dictionary<RunOutcome, long>
        {
            [RunOutcome.Succeeded] = 1,
            [RunOutcome.NoData] = 3,
            [RunOutcome.Failed] = 2,
            [RunOutcome.PartiallyDelivered] = 4,
            [RunOutcome.Skipped] = 9,
        });

        public void Dispose()
        {
            trigger.Dispose();
            Client.Dispose();
        }
    }
}
