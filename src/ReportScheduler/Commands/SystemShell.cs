using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ReportScheduler.Hosting;

namespace ReportScheduler.Commands;

/// <summary>The session of a cmdlet, for schedulers that are reached through a module of PowerShell.</summary>
internal sealed class SystemShell(PSCmdlet cmdlet, PSCredential? credential = null) : ISystemShell
{
    public object? Credential => credential;

    public IReadOnlyList<object?> Run(string name, string script, params object?[] arguments)
    {
        try
        {
            return [.. cmdlet.SessionState.InvokeCommand.InvokeScript(script, true, PipelineResultTypes.None, null, arguments)];
        }
        catch (RuntimeException problem)
        {
            throw HostingErrors.TaskSchedulerRefused(name, problem);
        }
    }
}
