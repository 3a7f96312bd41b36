using System.Collections.Specialized;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Http;

/// <summary>What each address of the HTTP trigger does.</summary>
internal sealed class HttpRoutes(IReportStore store, TimeProvider clock, IRunRequests requests,
    Func<IReadOnlyList<(int Status, long Count)>> refused)
{
    private const int MostIdempotencyKey = 200;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly HttpTasks tasks = new(store);

    /// <exception cref="HttpProblem">404 or 405.</exception>
    public HttpRoute Find(HttpRequest request)
    {
        var route = request.Segments switch
        {
            ["healthz"] => Open(() => Health(requests.Health.Problem)),
            ["readyz"] => Open(() => Health(requests.Health.NotReady)),
            ["metrics"] => new HttpRoute("GET", NeedsAll: true, (_, _) => Metrics()),
            ["due"] => new HttpRoute("POST", NeedsAll: true, (_, _) => RunDue()),
            ["tasks", var name, "run"] => new HttpRoute("POST", NeedsAll: false, (call, key) => RunTask(call, name, key)),
            ["runs", var id] => new HttpRoute("GET", NeedsAll: false, (_, key) => ShowRun(id, key)),
            _ => throw HttpProblem.NotFound("There are /due, /tasks/{name}/run, /runs/{id}, /healthz, /readyz and /metrics."),
        };
        return request.Method == route.Method ? route : throw HttpProblem.NotAllowed(route.Method);
    }

    private static HttpRoute Open(Func<HttpAnswer> answer) =>
        new("GET", NeedsAll: false, (_, _) => answer()) { Open = answer };

    private HttpAnswer Health(string? problem) =>
        problem is null
            ? HttpAnswer.Of(200, new { status = requests.Health.IsStopping ? "stopping" : "ok" })
            : throw HttpProblem.Unavailable(problem);

    private HttpAnswer Metrics()
    {
        var health = requests.Health;
        // a store that cannot be used would keep the figures of the runner waiting for it
        var (due, delivery) = health.IsStoreUsable ? (store.GetEarliestDue(), store.GetEarliestDelivery()) : (null, null);
        return HttpAnswer.Text(HttpMetrics.ContentType,
            HttpMetrics.Write(requests.Count(), health, refused(), due, delivery, clock.GetUtcNow()));
    }

    private HttpAnswer RunDue()
    {
        RequireRunning();
        var claimed = requests.RequestDue();
        return HttpAnswer.Of(202,
            new { runs = claimed.Select(run => new { id = run.Id, address = HttpAnswer.AddressOf(run), task = run.TaskName }) });
    }

    /// <summary>A runner that stops would take a call and not carry it out.</summary>
    private void RequireRunning()
    {
        if (requests.Health.IsStopping)
        {
            throw HttpProblem.Unavailable("The runner is stopping.");
        }
    }

    private HttpAnswer ShowRun(string id, ReportSchedulerKey key) =>
        store.GetRuns(new RunFilter { RunId = id }) is [var run] && key.Allows(run.TaskId)
            ? HttpAnswer.Of(200, HttpAnswer.Describe(run))
            : throw HttpProblem.NotFound("There is no such run.");

    private HttpAnswer RunTask(HttpRequest request, string name, ReportSchedulerKey key)
    {
        RequireRunning();
        var task = tasks.Find(name, key);
        if (!task.Enabled)
        {
            throw HttpProblem.Conflict($"The report task '{task.Name}' is disabled.");
        }

        var parameters = ReadParameters(task, request.Body);
        try
        {
            return Accepted(requests.RequestRun(task, parameters, MarkOf(request, task, key)));
        }
        catch (RequestRefusedException twice)
        {
            throw HttpProblem.Conflict(twice.Message);
        }
    }

    private RequestMark? MarkOf(HttpRequest request, ReportTask task, ReportSchedulerKey key)
    {
        if (request.Header("Idempotency-Key") is not { } once)
        {
            return null;
        }

        if (once.Length is 0 or > MostIdempotencyKey)
        {
            throw HttpProblem.BadRequest($"An Idempotency-Key has 1 to {MostIdempotencyKey} characters.");
        }

        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Name.ToUpperInvariant()}\n{task.Id}\n{once}"));
        return new RequestMark($"request:{Convert.ToHexString(name)}", Convert.ToHexString(SHA256.HashData(request.Body)),
            clock.GetUtcNow() + Remembered);
    }

    private static HttpAnswer Accepted(ReportRun run) =>
        HttpAnswer.Of(202, HttpAnswer.Describe(run)) with { Location = HttpAnswer.AddressOf(run) };

    /// <summary>The body is nothing, or <c>{"parameters": {"name": value}}</c>: text,
    /// numbers, yes/no and null, of names the task allows.</summary>
    private static OrderedDictionary? ReadParameters(ReportTask task, byte[] body)
    {
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(member => member.Name != "parameters"))
            {
                throw HttpProblem.BadRequest("The body is a JSON object with the member 'parameters', or nothing.");
            }

            if (root.EnumerateObject().Count() > 1)
            {
                throw HttpProblem.BadRequest("'parameters' is there twice.");
            }

            if (!root.TryGetProperty("parameters", out var given))
            {
                return null;
            }

            if (given.ValueKind != JsonValueKind.Object)
            {
                throw HttpProblem.BadRequest("'parameters' is a JSON object of names and values.");
            }

            var parameters = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
            foreach (var member in given.EnumerateObject())
            {
                if (parameters.Contains(member.Name))
                {
                    throw HttpProblem.BadRequest($"'{member.Name}' is there twice.");
                }

                if (!task.HttpParameters.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
                {
                    throw HttpProblem.Forbidden(
                        $"The parameter '{member.Name}' may not be given over HTTP; Set-ReportTask -HttpParameters allows it.");
                }

                parameters[member.Name] = ReadValue(member);
            }

            return parameters;
        }
        catch (JsonException wrong)
        {
            throw HttpProblem.BadRequest($"The body is not JSON: {wrong.Message}");
        }
        // half of a pair of surrogates, written as \ud800, is JSON and no text
        catch (InvalidOperationException)
        {
            throw HttpProblem.BadRequest("The body holds text that is no Unicode.");
        }
    }

    private static object? ReadValue(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.String => member.Value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.Number => member.Value.TryGetInt64(out var whole) ? (object)whole
            : member.Value.TryGetDecimal(out var number) ? number
            : throw HttpProblem.BadRequest($"The number of '{member.Name}' is too large."),
        _ => throw HttpProblem.BadRequest($"'{member.Name}' is text, a number, true, false or null."),
    };
}
