using System.Xml.Linq;
using static ReportScheduler.Hosting.TaskSchedulerTriggers;

namespace ReportScheduler.Hosting;

/// <summary>The definition of a task of the Windows Task Scheduler, schema 1.2: Windows Vista and later read it.</summary>
internal static class TaskSchedulerXml
{
    // by their ids: their names are translated
    private static readonly Dictionary<string, string> ServiceAccounts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SYSTEM"] = "S-1-5-18",
        ["LOCAL SERVICE"] = "S-1-5-19",
        ["NETWORK SERVICE"] = "S-1-5-20",
    };

    /// <param name="job">What to start.</param>
    /// <param name="triggers">When.</param>
    /// <param name="hasPassword">Whether the account's password is given at registration; else it logs on without one (S4U).</param>
    public static string Of(HostedJob job, IEnumerable<XElement> triggers, bool hasPassword)
    {
        var isRunner = job.Work == HostedWork.Runner;
        var task = new XElement(Xml + "Task", new XAttribute("version", "1.2"),
            new XElement(Xml + "RegistrationInfo", new XElement(Xml + "Description", job.Description)),
            new XElement(Xml + "Triggers", triggers),
            new XElement(Xml + "Principals", Principal(job.Account, hasPassword)),
            new XElement(Xml + "Settings",
                new XElement(Xml + "MultipleInstancesPolicy", "IgnoreNew"),
                new XElement(Xml + "DisallowStartIfOnBatteries", false),
                new XElement(Xml + "StopIfGoingOnBatteries", false),
                new XElement(Xml + "AllowHardTerminate", true),
                new XElement(Xml + "StartWhenAvailable", true),
                new XElement(Xml + "RunOnlyIfNetworkAvailable", false),
                new XElement(Xml + "Enabled", true),
                new XElement(Xml + "Hidden", false),
                new XElement(Xml + "WakeToRun", false),
                new XElement(Xml + "ExecutionTimeLimit", isRunner ? "PT0S" : "P1D"),
                isRunner
                    ? new XElement(Xml + "RestartOnFailure", new XElement(Xml + "Interval", "PT1M"), new XElement(Xml + "Count", 999))
                    : null),
            new XElement(Xml + "Actions", new XAttribute("Context", "Author"),
                new XElement(Xml + "Exec",
                    new XElement(Xml + "Command", job.PowerShellPath),
                    new XElement(Xml + "Arguments", HostedCommand.WindowsArguments(job)))));
        return $"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n{task}";
    }

    // a group managed service account ends with $ and logs on by a password that Windows keeps
    private static XElement Principal(string? account, bool hasPassword)
    {
        var service = account is null ? null : ServiceAccounts.GetValueOrDefault(account.Split('\\')[^1]);
        return new XElement(Xml + "Principal", new XAttribute("id", "Author"),
            account is null ? null : new XElement(Xml + "UserId", service ?? account),
            service is not null
                ? null
                : new XElement(Xml + "LogonType", hasPassword || account?.EndsWith('$') == true ? "Password" : "S4U"),
            new XElement(Xml + "RunLevel", "LeastPrivilege"));
    }
}
