using Microsoft.AspNetCore.Hosting;

namespace ReportScheduler.Http;

#pragma warning disable CS0618 // the interface is the one that this build of Kestrel asks for
/// <summary>What Kestrel tells an application: here only that it can listen no longer.</summary>
internal sealed class HttpLifetime(Action onStop) : IApplicationLifetime
{
    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => onStop();
}
