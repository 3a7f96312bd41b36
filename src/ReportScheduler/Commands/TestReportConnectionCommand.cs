using System.Diagnostics;
using System.Management.Automation;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Providers;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Tries report connections: reports version and latency, or what is wrong.</summary>
/// <remarks>The port is tried first. The result has Success, and in Message what is wrong and what to do: host
/// unknown, refused, login refused, database missing, certificate not trusted.</remarks>
/// <example>
/// <code>Get-ReportConnection | Test-ReportConnection -Timeout 5s | Where-Object -Not Success</code>
/// <para>Shows which connections cannot be used.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ReportConnection")]
[OutputType(typeof(ConnectionTest))]
public sealed class TestReportConnectionCommand : ReportCommand, IDisposable
{
    private readonly StopSignal stop = new();

    /// <summary>The names of the report connections. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>How long it may take, up to 15s.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override StoreStop StoreStopping => stop.Store;

    private protected override void Process()
    {
        foreach (var connection in Name.SelectMany(FindConnections))
        {
            WriteObject(Try(connection));
        }
    }

    private ConnectionTest Try(ReportConnection connection)
    {
        var result = new ConnectionTest { Name = connection.Name, Provider = connection.Provider };
        var watch = Stopwatch.StartNew();
        using var timeUp = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        timeUp.CancelAfter(Timeout);
        try
        {
            using var database = ReportDatabase.Open(connection, Store.Secrets, retry: 0, Timeout, timeUp.Token);
            (result.Success, result.Server, result.ServerVersion) = (true, database.Server, database.ServerVersion);
        }
        catch (ReportException problem)
        {
            (result.Message, result.ErrorId) = (problem.Message, problem.ErrorId);
        }
        catch (OperationCanceledException) when (!stop.Token.IsCancellationRequested)
        {
            var problem = ProviderErrors.ConnectionTimedOut(connection.Name, Timeout);
            (result.Message, result.ErrorId) = (problem.Message, problem.ErrorId);
        }

        result.Latency = watch.Elapsed;
        return result;
    }
}
