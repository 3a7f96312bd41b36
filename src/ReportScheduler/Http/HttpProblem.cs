namespace ReportScheduler.Http;

/// <summary>A request that is not answered with what it asked for: RFC 9457, application/problem+json.</summary>
internal sealed class HttpProblem(int status, string title, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Title { get; } = title;

    /// <summary>Which methods there are, for 405; null otherwise.</summary>
    public string? Allow { get; init; }

    /// <summary>Seconds after which to come again, for 429 and 503; null otherwise.</summary>
    public int? RetryAfter { get; init; }

    public static HttpProblem BadRequest(string detail) => new(400, "Bad request", detail);

    public static HttpProblem NoKey(string detail) => new(401, "Key needed", detail);

    public static HttpProblem Forbidden(string detail) => new(403, "Not allowed with this key", detail);

    public static HttpProblem NotFound(string detail) => new(404, "Not found", detail);

    public static HttpProblem NotAllowed(string allow) => new(405, "Method not allowed", $"This address takes {allow}.") { Allow = allow };

    public static HttpProblem Conflict(string detail) => new(409, "Conflict", detail);

    public static HttpProblem TooLarge(int limit) => new(413, "Too large", $"A request has at most {limit} bytes.");

    public static HttpProblem TooSlow(TimeSpan patience) =>
        new(408, "Too slow", $"The body of a request has {patience.TotalSeconds:0} seconds to arrive.");

    public static HttpProblem TooMany(string detail, int retryAfter = 5) =>
        new(429, "Too many requests", detail) { RetryAfter = retryAfter };

    public static HttpProblem Unavailable(string detail, int retryAfter = 5) => new(503, "Not now", detail) { RetryAfter = retryAfter };
}
