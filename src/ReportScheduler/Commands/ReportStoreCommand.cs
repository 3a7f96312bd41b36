using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>What the commands about a store itself share: its path or address comes first.</summary>
public abstract class ReportStoreCommand : ReportCommand
{
    private bool hasWarnedOfOther;

    /// <summary>The path of the store's file, or the address of its database: <c>postgresql://user@host/database</c>. Default:
    /// <c>$env:REPORTSCHEDULER_STORE</c>, else <c>ReportScheduler/reports.db</c> in the user's local application data folder.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public override string? StorePath { get; set; }

    /// <summary>Warns of somebody else who makes or changes the tables, which this command waits for.</summary>
    private protected void WarnOfOther(string other)
    {
        if (!hasWarnedOfOther)
        {
            hasWarnedOfOther = true;
            WriteWarning($"The tables of '{Store.Address}' are being made or changed by {other}. Waiting until that is done.");
        }
    }
}
