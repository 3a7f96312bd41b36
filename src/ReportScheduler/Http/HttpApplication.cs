using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Http;

/// <summary>One call from its headers to its answer: who it is comes before what it sends, and both before any work.</summary>
internal sealed class HttpApplication : IHttpApplication<IFeatureCollection>, IDisposable
{
    /// <summary>Calls that work at once; the store does one thing at a time anyway.</summary>
    private const int MostAtWork = 8;

    /// <summary>Seconds after which to come again.</summary>
    private const int RetryBusy = 5;
    private const int RetryAway = 30;
    private static readonly TimeSpan BodyTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostWaiting = TimeSpan.FromSeconds(30);

    /// <summary>What a caller sends after it was refused is read for so long, or a reset would take the answer away from it.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly HttpConnections connections;
    private readonly HttpKeys keys;
    private readonly HttpRoutes routes;
    private readonly HttpThrottle throttle;
    private readonly HttpQuota quota;
    private readonly HttpRefusals refusals;
    private readonly HttpBody bodies;
    private readonly SemaphoreSlim atWork = new(MostAtWork);
    private readonly IReportStore store;
    private readonly IRunRequests requests;
    private readonly TimeProvider clock;
    private readonly Action<string> log;

    public HttpApplication(HttpConnections connections, HttpKeys keys, IReportStore store, IRunRequests requests, TimeProvider clock,
        Action<string> log)
    {
        (this.connections, this.keys, this.store, this.requests, this.clock, this.log) = (connections, keys, store, requests, clock, log);
        refusals = new HttpRefusals(clock, log);
        routes = new HttpRoutes(store, clock, requests, () => refusals.Totals);
        throttle = new HttpThrottle(clock);
        quota = new HttpQuota(clock);
        bodies = new HttpBody(clock, BodyTime);
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception exception)
    {
    }

    public void Dispose()
    {
        refusals.Dispose();
        atWork.Dispose();
    }

    /// <summary>Answers a call, or says nothing: what has no status of success was not carried out.</summary>
    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var connection = context.Get<IHttpConnectionFeature>();
        var gone = context.Get<IHttpRequestLifetimeFeature>().RequestAborted;
        connections.Touch(connection.ConnectionId);
        try
        {
            var call = new HttpCall(context);
            var answer = await AnswerAsync(call, connection, gone).ConfigureAwait(false);
            await HttpResponse.SendAsync(context, answer, isLast: !call.IsReadWhole).ConfigureAwait(false);
            if (!call.IsReadWhole)
            {
                await call.LingerAsync(Linger, clock, gone).ConfigureAwait(false);
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // the caller hung up; a run it asked for goes on
            context.Get<IHttpRequestLifetimeFeature>().Abort();
        }
        finally
        {
            connections.SetAtWork(connection.ConnectionId, false);
        }
    }

    private async Task<HttpAnswer> AnswerAsync(HttpCall call, IHttpConnectionFeature connection, CancellationToken gone)
    {
        var from = connection.RemoteIpAddress;
        try
        {
            var request = call.Request(from);
            var route = routes.Find(request);
            return route.Open is { } open
                ? open()
                : await WorkAsync(call, request, route, connection.ConnectionId, gone).ConfigureAwait(false);
        }
        catch (HttpProblem problem)
        {
            refusals.Note(from, problem);
            return HttpAnswer.Of(problem.Status == 401 ? await throttle.FailAsync(from, problem, gone).ConfigureAwait(false) : problem);
        }
        catch (ReportException problem)
        {
            log($"HTTP request from {from}: {problem.Message}");
            return HttpAnswer.Of(Told(problem));
        }
#pragma warning disable CA1031 // The caller is told that it did not work, and the log why.
        catch (Exception unforeseen) when (!gone.IsCancellationRequested)
        {
            log($"HTTP request from {from}: {unforeseen.GetType().Name}: {unforeseen.Message}");
            return HttpAnswer.Of(new HttpProblem(500, "Unexpected error", "The request failed; the runner's log has the details."));
        }
#pragma warning restore CA1031
    }

    private async Task<HttpAnswer> WorkAsync(HttpCall call, HttpRequest request, HttpRoute route, string connectionId,
        CancellationToken gone)
    {
        call.RequireSize();
        var (key, signature) = await keys.FindAsync(request).ConfigureAwait(false);
        if (signature is not null)
        {
            request = request with { Body = await call.ReadAsync(bodies, isKnown: false, gone).ConfigureAwait(false) };
            signature.Check(request.Body);
        }

        using var share = quota.Take(key);
        connections.SetAtWork(connectionId, true);
        if (route.NeedsAll && !key.IsForAll)
        {
            throw HttpProblem.Forbidden("This key is limited to tasks of its own.");
        }

        if (signature is null)
        {
            request = request with { Body = await call.ReadAsync(bodies, isKnown: true, gone).ConfigureAwait(false) };
        }

        RequireText(request.Body);
        if (!await atWork.WaitAsync(MostWaiting, gone).ConfigureAwait(false))
        {
            throw HttpProblem.Unavailable(requests.Health.NotReady ?? "The runner is at work on other calls.");
        }

        try
        {
            // on a thread of its own: one that waits for the store must not take one of those that read requests
            return await Task.Factory.StartNew(
                () =>
                {
                    if (signature is not null)
                    {
                        keys.Use(signature);
                    }

                    return route.Answer(request, key);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            atWork.Release();
        }
    }

    // where the store is, and as whom the runner uses it, is nobody's business
    private HttpProblem Told(ReportException problem)
    {
        var trouble = StoreTrouble.Of(problem, store.Address);
        requests.Health.StoreFailed(trouble);
        return trouble is not null ? HttpProblem.Unavailable(trouble.Words, trouble.IsBusy ? RetryBusy : RetryAway)
            : problem.IsTransient ? HttpProblem.Unavailable("It cannot be done at this moment.")
            : new HttpProblem(500, "It did not work", $"The runner could not do it ({problem.ErrorId}); its log says more.");
    }

    private static void RequireText(byte[] body)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(body);
        }
        catch (DecoderFallbackException)
        {
            throw HttpProblem.BadRequest("The body is not UTF-8.");
        }
    }
}
