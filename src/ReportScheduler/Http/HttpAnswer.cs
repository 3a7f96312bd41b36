using System.Text;
using System.Text.Json;

namespace ReportScheduler.Http;

/// <summary>What a request gets back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type of the content.</param>
/// <param name="Content">The bytes.</param>
internal sealed record HttpAnswer(int Status, string ContentType, byte[] Content)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The address of what was made, relative to the server; null for none.</summary>
    public string? Location { get; init; }

    /// <summary>The problem it tells; null for none.</summary>
    public HttpProblem? Problem { get; private init; }

    public static HttpAnswer Of(int status, object content) =>
        new(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(content, Json));

    public static HttpAnswer Text(string contentType, string text) => new(200, contentType, Encoding.UTF8.GetBytes(text));

    public static HttpAnswer Of(HttpProblem problem) =>
        new(problem.Status, "application/problem+json", JsonSerializer.SerializeToUtf8Bytes(
            new { type = "about:blank", title = problem.Title, status = problem.Status, detail = problem.Message }, Json))
        { Problem = problem };

    public static string AddressOf(ReportRun run) => $"/runs/{Uri.EscapeDataString(run.Id)}";

    /// <summary>A run without what the caller has no business with: paths, addresses of people.</summary>
    public static object Describe(ReportRun run) => new
    {
        id = run.Id,
        address = AddressOf(run),
        task = run.TaskName,
        trigger = run.Trigger.ToString(),
        dueAt = run.DueAt,
        startedAt = run.StartedAt,
        finishedAt = run.FinishedAt,
        outcome = run.Outcome.ToString(),
        stage = run.Stage.ToString(),
        rows = run.Rows,
        attempt = run.Attempt,
        errorId = run.ErrorId,
        files = run.Files.Select(Path.GetFileName),
        deliveries = run.Deliveries.Select(delivery => new { kind = delivery.Kind.ToString(), state = delivery.State.ToString() }),
    };
}
