using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Http;
using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Http;

/// <summary>The HTTP trigger over a store, with a runner that runs nothing.</summary>
internal sealed class HttpTestServer : IRunRequests, IDisposable
{
    public const string Master = "0123456789abcdef-master";

    private readonly IReportStore store;
    private readonly HttpTrigger trigger;

    public HttpTestServer(IReportStore store, string host = "127.0.0.1", TimeProvider? clock = null)
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

        Health = new RunnerHealth(Clock);
        Health.PassMade();
        trigger = new HttpTrigger($"http://{host}:{Port}/", Master, store, this, clock ?? TimeProvider.System, Log.Enqueue);
    }

    /// <summary>The clock of the runner's health alone.</summary>
    public FakeTimeProvider Clock { get; } = new();

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}/";

    public HttpClient Client { get; } = new();

    public ConcurrentQueue<ReportRun> Asked { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public async Task<HttpResponseMessage> Send(string method, string path, string? key, string body = "",
        params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(new HttpMethod(method), Address.TrimEnd('/') + path);
        if (key is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", new AuthenticationHeaderValue("Bearer", key).ToString());
        }

        foreach (var (name, value) in headers)
        {
            message.Headers.Add(name, value);
        }

        if (method is "POST" or "PUT")
        {
            message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await Client.SendAsync(message);
    }

    public IReadOnlyList<ReportRun> RequestDue()
    {
        var claimed = store.PlanDue(10, found => [.. found.Select(due => new TaskPlan(due, new DuePlan([due.DueAt], [], null)))]).Runs;
        foreach (var run in claimed)
        {
            Asked.Enqueue(run);
        }

        return claimed;
    }

    public RunnerHealth Health { get; }

    public ReportRun RequestRun(ReportTask task, OrderedDictionary? parameters, RequestMark? mark)
    {
        using var worker = new RunWorker(store, TimeProvider.System);
        var (run, isNew) = worker.Add(task, parameters, mark);
        if (isNew)
        {
            Asked.Enqueue(run);
        }

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
