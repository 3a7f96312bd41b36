namespace ReportScheduler.Http;

/// <summary>What one address of the HTTP trigger is.</summary>
/// <param name="Method">The method that it takes.</param>
/// <param name="NeedsAll">Whether a key that is limited to tasks is not enough.</param>
/// <param name="Answer">What it does; may wait for the store.</param>
internal sealed record HttpRoute(string Method, bool NeedsAll, Func<HttpRequest, ReportSchedulerKey, HttpAnswer> Answer)
{
    /// <summary>What it answers to anybody at once, without the store; null where a key is needed.</summary>
    public Func<HttpAnswer>? Open { get; init; }
}
