using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ReportScheduler.Runs;
using ReportScheduler.Store;

namespace ReportScheduler.Http;

/// <summary>Lets other programs start reports over HTTP, while a runner is up.</summary>
/// <remarks>
/// Kestrel speaks HTTP, in the build that needs no ASP.NET runtime, because PowerShell has none. .NET's HttpListener cannot do
/// it: it holds every connection for ever, answers 200 for a request that it gives up, and ends the process at some hundred of them.
/// </remarks>
internal sealed class HttpTrigger : IDisposable
{
    /// <summary>For the headers of a request, and for a connection without one.</summary>
    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    /// <summary>What is being answered when the runner ends has so long.</summary>
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(5);

    private readonly KestrelServer server;
    private readonly HttpApplication application;

    /// <param name="address">Where to listen, such as http://127.0.0.1:8650/. A host of +, * or 0.0.0.0 listens everywhere.</param>
    /// <param name="apiKey">A key for everything beside the named ones; null for none.</param>
    /// <param name="store">The store of keys, tasks and runs.</param>
    /// <param name="requests">The runner.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">Gets a line for requests that are refused and each trouble; called on other threads.</param>
    /// <exception cref="ReportException">The address cannot be listened on, or nobody has a key.</exception>
    public HttpTrigger(string address, string? apiKey, IReportStore store, IRunRequests requests, TimeProvider clock, Action<string> log)
    {
        var where = HttpAddress.Parse(address);
        var keys = new HttpKeys(store, clock, apiKey);
        if (!keys.HasAny)
        {
            throw HttpErrors.HttpKeyNeeded(address);
        }

        var connections = new HttpConnections();
        var lifetime = new HttpLifetime(() => log("HTTP: the server stopped listening; start the runner again."));
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), lifetime, NullLoggerFactory.Instance);
        server = new KestrelServer(Options.Create(Configure(where, connections)), sockets, NullLoggerFactory.Instance);
        application = new HttpApplication(connections, keys, store, requests, clock, log);
        try
        {
            server.StartAsync(application, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception refused) when (refused is IOException or SocketException or InvalidOperationException or ArgumentException)
        {
            server.Dispose();
            application.Dispose();
            throw HttpErrors.HttpListenFailed(address, refused.InnerException ?? refused);
        }
    }

    /// <summary>Whether keys would travel to other machines in plain text.</summary>
    public static bool IsExposed(string address) =>
        address.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback);

    public void Dispose()
    {
        using (var last = new CancellationTokenSource(LastAnswers))
        {
            server.StopAsync(last.Token).GetAwaiter().GetResult();
        }

        server.Dispose();
        application.Dispose();
    }

    private static KestrelServerOptions Configure(HttpAddress where, HttpConnections connections)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        var limits = options.Limits;
        limits.RequestHeadersTimeout = HeaderTime;
        limits.KeepAliveTimeout = IdleTime;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        // size and time of a body are looked at where the caller is known, with an answer in words
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        foreach (var place in where.EndPoints)
        {
            options.Listen(place, listen => listen.Use(
                next => new ConnectionDelegate(connection => connections.RunAsync(connection, next))));
        }

        return options;
    }
}
