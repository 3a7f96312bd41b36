using System.Management.Automation;
using ReportScheduler.Hosting;

namespace ReportScheduler.Commands;

/// <summary>Puts a registration where its system finds it, takes it away, and says what has changed there.</summary>
internal static class SystemRegistration
{
    /// <summary>Installs it in the place of one of that name, and remembers it beside its store.</summary>
    public static void Put(PSCmdlet cmdlet, ReportScheduledTask registered, PSCredential? credential)
    {
        var folder = new RegistrationFolder(registered.StorePath);
        if (folder.List().FirstOrDefault(each => each.Name.Equals(registered.Name, StringComparison.OrdinalIgnoreCase)) is { } older && !Replaces(registered, older))
        {
            Remove(cmdlet, older);
        }
        Install(cmdlet, registered, credential);
        folder.Put(registered);
    }

    private static void Install(PSCmdlet cmdlet, ReportScheduledTask registered, PSCredential? credential)
    {
        switch (registered.System)
        {
            case HostingSystem.TaskScheduler:
                TaskSchedulerModule.Register(cmdlet, registered.Files[0], credential);
                break;
            case HostingSystem.Systemd:
                Systemd.Install(registered);
                break;
            default:
                Crontab.Install(registered.Files[0]);
                break;
        }
    }

    public static void Remove(PSCmdlet cmdlet, ReportScheduledTask registered)
    {
        switch (registered.System)
        {
            case HostingSystem.TaskScheduler:
                TaskSchedulerModule.Unregister(cmdlet, registered.Files[0].Name);
                break;
            case HostingSystem.Systemd:
                Systemd.Remove(registered);
                break;
            default:
                Crontab.Remove(registered.Files[0].Name);
                break;
        }
    }

    public static IEnumerable<string> Changes(PSCmdlet cmdlet, ReportScheduledTask registered) => registered.System == HostingSystem.TaskScheduler
        ? TaskSchedulerModule.Changes(cmdlet, registered.Files[0])
        : Drift.OfSystem(registered);

    /// <summary>Whether installing one overwrites all of the other: the same system, folder and names.</summary>
    private static bool Replaces(ReportScheduledTask newer, ReportScheduledTask older) =>
        newer.System == older.System && newer.UnitFolder == older.UnitFolder
        && older.Files.All(file => newer.Files.Any(other => other.Name == file.Name));
}
