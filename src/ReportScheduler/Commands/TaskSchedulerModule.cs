using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>The ScheduledTasks module of Windows, called in this session: a password never stands on a command line.</summary>
internal static class TaskSchedulerModule
{
    private const string Folder = @"\ReportScheduler\";

    public static void Register(PSCmdlet cmdlet, HostedFile file, PSCredential? credential) => Call(cmdlet, file.Name, """
        param($path, $name, $xml, $credential)
        $account = if ($credential) { @{ User = $credential.UserName; Password = $credential.GetNetworkCredential().Password } } else { @{} }
        $null = Register-ScheduledTask -TaskPath $path -TaskName $name -Xml $xml @account -Force -ErrorAction Stop
        """, Folder, file.Name, file.Text, credential);

    public static void Unregister(PSCmdlet cmdlet, string name) => Call(cmdlet, name, """
        param($path, $name)
        Unregister-ScheduledTask -TaskPath $path -TaskName $name -Confirm:$false -ErrorAction Stop
        """, Folder, name);

    /// <summary>What differs between the Task Scheduler and what was registered.</summary>
    public static IEnumerable<string> Changes(PSCmdlet cmdlet, HostedFile file)
    {
        try
        {
            var state = Call(cmdlet, file.Name, "param($path, $name) \"$((Get-ScheduledTask -TaskPath $path -TaskName $name -ErrorAction Stop).State)\"", Folder, file.Name);
            return state.Count > 0 && $"{state[0]}" == "Disabled" ? [$"'{file.Name}' is disabled in the Task Scheduler."] : [];
        }
        catch (ReportException problem)
        {
            return [problem.InnerException!.Message];
        }
    }

    private static System.Collections.ObjectModel.Collection<PSObject> Call(PSCmdlet cmdlet, string name, string script, params object?[] arguments)
    {
        try
        {
            return cmdlet.SessionState.InvokeCommand.InvokeScript(script, true, System.Management.Automation.Runspaces.PipelineResultTypes.None, null, arguments);
        }
        catch (RuntimeException problem)
        {
            throw CommandErrors.TaskSchedulerRefused(name, problem);
        }
    }
}
