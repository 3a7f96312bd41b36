using System.Collections.Specialized;
using System.Security.Cryptography;
using System.Text.Json;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Tasks;

namespace ReportScheduler.Hosting;

/// <summary>What each address of the HTTP trigger does.</summary>
internal sealed class HttpRoutes(IReportStore store, TimeProvider clock, IRunRequests requests, HttpKeys keys)
{
    private const int MostIdempotencyKey = 200;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly object asking = new();

    /// <exception cref="HttpProblem">Anything but success.</exception>
    public HttpAnswer Answer(HttpRequest request) => request.Segments switch
    {
        ["healthz"] => Only("GET", request, () => HttpAnswer.Of(200, new { status = "ok" })),
        ["metrics"] => Only("GET", request, () => Metrics(ForAll(request))),
        ["due"] => Only("POST", request, () => RunDue(ForAll(request))),
        ["tasks", var name, "run"] => Only("POST", request, () => RunTask(request, name, keys.Check(request))),
        ["runs", var id] => Only("GET", request, () => ShowRun(id, keys.Check(request))),
        _ => throw HttpProblem.NotFound("There are /due, /tasks/{name}/run, /runs/{id}, /healthz and /metrics."),
    };

    private static HttpAnswer Only(string method, HttpRequest request, Func<HttpAnswer> answer) =>
        request.Method == method ? answer() : throw HttpProblem.NotAllowed(method);

    private ReportSchedulerKey ForAll(HttpRequest request)
    {
        var key = keys.Check(request);
        return key.IsForAll ? key : throw HttpProblem.Forbidden("This key is limited to tasks of its own.");
    }

    private HttpAnswer Metrics(ReportSchedulerKey _) => HttpAnswer.Text(
        HttpMetrics.ContentType,
        HttpMetrics.Write(requests.Count(), store.GetEarliestDue(), store.GetEarliestDelivery(), clock.GetUtcNow()));

    private HttpAnswer RunDue(ReportSchedulerKey _)
    {
        var claimed = requests.RequestDue();
        return HttpAnswer.Of(202, new { runs = claimed.Select(run => new { id = run.Id, address = HttpAnswer.AddressOf(run), task = run.TaskName }) });
    }

    private HttpAnswer ShowRun(string id, ReportSchedulerKey key) =>
        store.GetRuns(new RunFilter { RunId = id }) is [var run] && key.Allows(run.TaskId)
            ? HttpAnswer.Of(200, HttpAnswer.Describe(run))
            : throw HttpProblem.NotFound("There is no such run.");

    private HttpAnswer RunTask(HttpRequest request, string name, ReportSchedulerKey key)
    {
        var task = store.FindTask(name);
        if (task is null || !key.Allows(task.Id))
        {
            // a limited key must not tell which names there are
            throw key.IsForAll ? HttpProblem.NotFound($"There is no report task '{name}'.") : HttpProblem.Forbidden("This key may not run that task.");
        }
        if (!task.Enabled)
            throw HttpProblem.Conflict($"The report task '{task.Name}' is disabled.");
        var parameters = ReadParameters(task, request.Body);
        if (request.Header("Idempotency-Key") is not { } once)
            return Accepted(requests.RequestRun(task, parameters, null));
        if (once.Length is 0 or > MostIdempotencyKey)
            throw HttpProblem.BadRequest($"An Idempotency-Key has 1 to {MostIdempotencyKey} characters.");
        var content = Convert.ToHexString(SHA256.HashData(request.Body), 0, 8);
        lock (asking)
        {
            var prefix = $"{key.Name}\n{once}\n";
            var earlier = store.GetRuns(new RunFilter { TaskId = task.Id, Since = clock.GetUtcNow() - Remembered })
                .FirstOrDefault(run => run.RequestKey?.StartsWith(prefix, StringComparison.Ordinal) ?? false);
            if (earlier is not null && earlier.RequestKey != prefix + content)
                throw HttpProblem.Conflict("This Idempotency-Key was used with another request.");
            return Accepted(earlier ?? requests.RequestRun(task, parameters, prefix + content));
        }
    }

    private static HttpAnswer Accepted(ReportRun run) =>
        HttpAnswer.Of(202, HttpAnswer.Describe(run)) with { Location = HttpAnswer.AddressOf(run) };

    /// <summary>The body is nothing, or <c>{"parameters": {"name": value}}</c>: text, numbers, yes/no and null, of names the task allows.</summary>
    private static OrderedDictionary? ReadParameters(ReportTask task, byte[] body)
    {
        if (body.Length == 0)
            return null;
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(member => member.Name != "parameters"))
                throw HttpProblem.BadRequest("The body is a JSON object with the member 'parameters', or nothing.");
            if (!root.TryGetProperty("parameters", out var given))
                return null;
            if (given.ValueKind != JsonValueKind.Object)
                throw HttpProblem.BadRequest("'parameters' is a JSON object of names and values.");
            var parameters = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
            foreach (var member in given.EnumerateObject())
            {
                if (!task.HttpParameters.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
                    throw HttpProblem.Forbidden($"The parameter '{member.Name}' may not be given over HTTP; Set-ReportTask -HttpParameters allows it.");
                parameters[member.Name] = ReadValue(member);
            }
            return parameters;
        }
        catch (JsonException wrong)
        {
            throw HttpProblem.BadRequest($"The body is not JSON: {wrong.Message}");
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
