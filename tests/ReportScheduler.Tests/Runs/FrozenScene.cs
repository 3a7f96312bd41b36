namespace ReportScheduler.Tests.Runs;

/// <summary>What happens to a worker in the middle of its work.</summary>
/// <param name="LeavesMail">Whether its mail is left to lanes, as in a runner.</param>
/// <param name="At">The point at which one of its threads stops, from 1.</param>
internal sealed record FrozenScene(bool LeavesMail, int At)
{
    /// <summary>Whether it is silent for longer than its lease then, and another worker takes over what it has.</summary>
    public bool IsFrozen { get; init; } = true;

    /// <summary>Whether the other worker goes on with all of it at once, and does not only let go of it.</summary>
    public bool OthersFinish { get; init; }

    /// <summary>The point up to which a second thread of the worker comes, before the first one goes on; null for none.</summary>
    public int? Second { get; init; }

    /// <summary>Whether the second thread begins before the silence, and goes on as the first of the two.</summary>
    public bool IsSecondFrozen { get; init; }

    /// <summary>Whether the answer of the store is lost to the thread, whether or not it was carried out.</summary>
    public bool LosesAnswer { get; init; }
}
