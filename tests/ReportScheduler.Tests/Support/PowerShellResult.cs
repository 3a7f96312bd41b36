using System.Management.Automation;

namespace ReportScheduler.Tests.Support;

/// <summary>What one script gave, stream by stream.</summary>
internal sealed record PowerShellResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<string> Information,
    IReadOnlyList<ProgressRecord> Progress,
    IReadOnlyList<string> HostLines,
    bool Terminated)
{
    /// <summary>The only object that came out; fails when there was an error or not exactly one.</summary>
    public dynamic Single()
    {
        NoErrors();
        return Assert.Single(Output);
    }

    /// <summary>The only error; fails when there are none or several.</summary>
    public ErrorRecord Error() => Assert.Single(Errors);

    public PowerShellResult NoErrors()
    {
        Assert.True(Errors.Count == 0, string.Join(Environment.NewLine,
            Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error} {error.Exception.InnerException}")));
        return this;
    }
}
