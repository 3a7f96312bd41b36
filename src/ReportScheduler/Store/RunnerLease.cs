using System.Globalization;

namespace ReportScheduler.Store;

/// <summary>How long a runner that says nothing keeps its runs.</summary>
internal static class RunnerLease
{
    /// <summary>The lease in seconds, the same one on all machines of a store. For tests: on a busy machine a healthy
    /// runner loses one that is short.</summary>
    private const string Variable = "REPORTSCHEDULER_LEASE_SECONDS";

    private const int Usual = 120;

    /// <summary>The runs of an owner that was silent for this long are taken over. Three beats may be lost.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            && given is >= 4 and <= 3600 ? given : Usual);

    /// <summary>How often an owner says that it is alive.</summary>
    public static readonly TimeSpan Beat = Length / 4;

    /// <summary>So long after a beat was sent the owner is sure that nobody has taken over; then it stops what it does.</summary>
    public static readonly TimeSpan Sure = Length * 0.75;
}
