namespace ReportScheduler.Runs;

/// <summary>Why the store cannot be used now, in words for those who need not know where it is.</summary>
internal sealed record StoreTrouble(string Words, bool IsBusy)
{
    /// <returns>Null for a problem that is not one of using the store.</returns>
    public static StoreTrouble? Of(ReportException problem, string address) => problem.ErrorTarget as string != address ? null
        : problem.Category switch
        {
            ReportErrorCategory.ResourceBusy => new StoreTrouble("The store is busy.", IsBusy: true),
            ReportErrorCategory.ResourceUnavailable =>
                new StoreTrouble("The store cannot be reached or used now; the runner's log says why.", IsBusy: false),
            ReportErrorCategory.PermissionDenied =>
                new StoreTrouble("The store refuses the account of the runner; the runner's log says why.", IsBusy: false),
            _ => null,
        };
}
