namespace ReportScheduler.Store;

/// <summary>Which runs nobody works on, beside those whose owner has ended or has lost its lease.</summary>
/// <param name="GoneOwners">Owners whose process is known to be gone.</param>
/// <param name="Held">The runs that the one who takes over has in its hands: its others were let go by a problem.</param>
internal sealed record AbandonedRuns(IReadOnlyCollection<string> GoneOwners, IReadOnlyCollection<string> Held);
