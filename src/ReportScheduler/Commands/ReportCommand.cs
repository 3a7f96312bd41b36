using System.Management.Automation;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>What every cmdlet of the module shares: the store, and errors that carry their own id.</summary>
public abstract class ReportCommand : PSCmdlet
{
    private IReportStore? store;

    /// <summary>The store file. Default: <c>$env:REPORTSCHEDULER_STORE</c>, else <c>ReportScheduler/reports.db</c> in the user's local application data folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StorePath { get; set; }

    /// <summary>Whose store: the user's own, or the one of the machine that services use.</summary>
    [Parameter]
    public StoreScope Scope { get; set; }

    private protected IReportStore Store => store ??= StoreFile.Open(
        StorePath is null ? null : GetUnresolvedProviderPathFromPSPath(StorePath), Scope);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Process();
        }
        catch (ReportException problem)
        {
            WriteError(problem.ToErrorRecord());
        }
    }

    /// <summary>Handles one item. A problem thrown from here is written as an error, and the next item goes on.</summary>
    private protected abstract void Process();
}
