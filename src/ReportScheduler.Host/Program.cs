using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

const string Help = """
    PowerShell with the ReportScheduler module imported; it takes what pwsh takes:

    ReportScheduler.Host [[-File] <script.ps1> [arguments]]
    ReportScheduler.Host [-NoProfile] [-NonInteractive] -Command <text>

    -Command "Get-Command -Module ReportScheduler" lists the cmdlets,
    -Command "Get-Help New-ReportTask -Full" explains one.

    """;

// PowerShell would write an id for its telemetry into HOME, and look for updates of itself, which come with this repository
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
if (Console.IsOutputRedirected)
{
    // no colours in a log or a pipe
    PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
}

var state = InitialSessionState.CreateDefault2();
state.ImportPSModule([Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../ReportScheduler/ReportScheduler.psd1"))]);
if (OperatingSystem.IsWindows())
{
    // what an installed PowerShell has in its configuration
    state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
}

return ConsoleShell.Start(state, bannerText: "", Help, args);
