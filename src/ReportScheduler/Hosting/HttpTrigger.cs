using System.Net;
using System.Text.RegularExpressions;
using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Hosting;

/// <summary>Lets other programs start reports over HTTP, while a runner is up.</summary>
/// <remarks>
/// .NET's HttpListener speaks HTTP; size of a body, number of requests at once and time are limited here. Clients that send
/// their headers slowly are the business of a reverse proxy in front.
/// </remarks>
internal sealed partial class HttpTrigger : IDisposable
{
    public const int MostBytes = 64 * 1024;
    public const int MostAtOnce = 64;
    private static readonly TimeSpan BodyTime = TimeSpan.FromSeconds(10);

    private readonly HttpListener listener = new();
    private readonly HttpRoutes routes;
    private readonly HttpThrottle throttle;
    private readonly Action<string> log;
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private int atOnce;

    /// <param name="address">Where to listen, such as http://127.0.0.1:8650/. A host of +, * or 0.0.0.0 listens everywhere.</param>
    /// <param name="apiKey">A key for everything beside the named ones; null for none.</param>
    /// <param name="store">The store of keys, tasks and runs.</param>
    /// <param name="requests">The runner.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">Gets a line for each request that is refused and each trouble; called on other threads.</param>
    /// <exception cref="ReportException">The address cannot be listened on, or nobody has a key.</exception>
    public HttpTrigger(string address, string? apiKey, IReportStore store, IRunRequests requests, TimeProvider clock, Action<string> log)
    {
        this.log = log;
        throttle = new HttpThrottle(clock);
        var keys = new HttpKeys(store, clock, apiKey);
        routes = new HttpRoutes(store, clock, requests, keys);
        if (!keys.HasAny)
            throw ReportError.HttpKeyNeeded(address);
        try
        {
            listener.Prefixes.Add(Prefix(address));
            listener.Start();
        }
        catch (Exception refused) when (refused is ArgumentException or HttpListenerException or System.Net.Sockets.SocketException or PlatformNotSupportedException)
        {
            listener.Close();
            throw ReportError.HttpListenFailed(address, refused);
        }
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Whether keys would travel to other machines in plain text.</summary>
    public static bool IsExposed(string address) =>
        address.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback);

    /// <summary>The address as HttpListener takes it: it ends with a slash, and everywhere is a plus.</summary>
    private static string Prefix(string address)
    {
        var everywhere = EverywhereAddress().Replace(address, "$1+");
        return everywhere.EndsWith('/') ? everywhere : everywhere + "/";
    }

    [GeneratedRegex(@"^(https?://)(0\.0\.0\.0|\[::\])(?=[:/]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex EverywhereAddress();

    public void Dispose()
    {
        stop.Cancel();
        listener.Close();
        accepting.Wait();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var context = await listener.GetContextAsync().ConfigureAwait(false);
                _ = Task.Run(() => HandleAsync(context));
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                if (!listener.IsListening)
                    return;
            }
        }
    }

    private async Task HandleAsync(HttpListenerContext context)
    {
        var isOver = Interlocked.Increment(ref atOnce) > MostAtOnce;
        try
        {
            var answer = isOver ? HttpAnswer.Of(HttpProblem.TooMany($"More than {MostAtOnce} requests came at once.")) : await AnswerAsync(context).ConfigureAwait(false);
            await SendAsync(context, answer).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException
            or OperationCanceledException or ProtocolViolationException)
        {
            // the caller hung up; a run it asked for goes on
            context.Response.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref atOnce);
        }
    }

    private async Task<HttpAnswer> AnswerAsync(HttpListenerContext context)
    {
        var from = context.Request.RemoteEndPoint.Address;
        try
        {
            return routes.Answer(await ReadAsync(context.Request).ConfigureAwait(false));
        }
        catch (HttpProblem problem)
        {
            log($"HTTP {problem.Status} to {from}: {problem.Message}");
            return HttpAnswer.Of(problem.Status == 401 ? await throttle.FailAsync(from, problem, stop.Token).ConfigureAwait(false) : problem);
        }
        catch (ReportException problem)
        {
            log($"HTTP request from {from}: {problem.Message}");
            return HttpAnswer.Of(problem.IsTransient
                ? HttpProblem.Unavailable("The store is busy.")
                : new HttpProblem(500, "It did not work", $"The runner could not do it ({problem.ErrorId}); its log says more."));
        }
    }

    private async Task<HttpRequest> ReadAsync(HttpListenerRequest request)
    {
        if (request.ContentLength64 > MostBytes)
            throw HttpProblem.TooLarge(MostBytes);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        time.CancelAfter(BodyTime);
        var body = new byte[MostBytes + 1];
        var length = request.HasEntityBody
            ? await request.InputStream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, time.Token).AsTask().WaitAsync(time.Token).ConfigureAwait(false)
            : 0;
        if (length > MostBytes)
            throw HttpProblem.TooLarge(MostBytes);
        var path = request.RawUrl ?? "/";
        var segments = path.Split('?')[0].Trim('/').Split('/');
        return new HttpRequest(
            request.HttpMethod.ToUpperInvariant(), path, Array.ConvertAll(segments, Uri.UnescapeDataString),
            name => request.Headers[name], body[..length], request.RemoteEndPoint.Address);
    }

    private static async Task SendAsync(HttpListenerContext context, HttpAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength64 = answer.Content.Length;
        response.Headers["Cache-Control"] = "no-store";
        if (answer.Location is { } location)
            response.Headers["Location"] = location;
        if (answer.Problem?.Allow is { } allow)
            response.Headers["Allow"] = allow;
        if (answer.Problem?.RetryAfter is { } seconds)
            response.Headers["Retry-After"] = $"{seconds}";
        if (answer.Status == 401)
            response.Headers["WWW-Authenticate"] = "Bearer";
        // what is left of a body that was too large is not read
        response.KeepAlive = answer.Status is not (413 or 429);
        await response.OutputStream.WriteAsync(answer.Content).ConfigureAwait(false);
        response.Close();
    }
}
