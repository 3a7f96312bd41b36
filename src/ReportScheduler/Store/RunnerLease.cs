namespace ReportScheduler.Store;

/// <summary>How long a runner that says nothing keeps its runs.</summary>
internal static class RunnerLease
{
    /// <summary>The runs of an owner that was silent for this long are taken over. Three beats may be lost.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    /// <summary>How often an owner says that it is alive.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    /// <summary>So long after a beat was sent the owner is sure that nobody has taken over; then it stops what it does.</summary>
    public static readonly TimeSpan Sure = Length * 0.75;
}
