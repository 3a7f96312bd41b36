using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>What the commands about a store itself share: its path or address comes first.</summary>
public abstract class ReportStoreCommand : ReportCommand
{
    /// <summary>The path of the store's file, or the address of its database: <c>postgresql://user@host/database</c>. Default:
    /// <c>$env:REPORTSCHEDULER_STORE</c>, else <c>ReportScheduler/reports.db</c> in the user's local application data folder.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public override string? StorePath { get; set; }
}
