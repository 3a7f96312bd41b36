using System.Management.Automation;

namespace ReportScheduler.Commands.Scripts;

/// <summary>The last command of the pipeline that a script runs in: hands its objects
/// over one by one, and waits while the reader is behind.</summary>
[Cmdlet(VerbsData.Out, "ReportRow")]
internal sealed class ScriptOutputCommand : PSCmdlet
{
    /// <summary>An object of the script.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Takes the objects; false when nobody reads any more.</summary>
    [Parameter(Mandatory = true)]
    public Func<PSObject, bool>? Taker { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null && !Taker!(InputObject))
        {
            throw new PipelineStoppedException();
        }
    }
}
