using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>What the cmdlets that make a part of a definition share: they need no store, and their errors carry their own id.</summary>
public abstract class PartCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            WriteObject(Make());
        }
        catch (ReportException problem)
        {
            WriteError(problem.ToErrorRecord());
        }
    }

    private protected abstract object Make();
}
