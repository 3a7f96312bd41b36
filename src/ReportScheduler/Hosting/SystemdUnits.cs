using System.Text;
using ReportScheduler.Stores;

namespace ReportScheduler.Hosting;

/// <summary>The unit files of a hosted job: a service, and a timer unless it is the runner.</summary>
internal static class SystemdUnits
{
    /// <summary>What a .NET program with sockets needs not. MemoryDenyWriteExecute is left out: its compiler writes code.</summary>
    /// <remarks>The umask is for the reports that go into shared folders; what is private is made private whatever it is.</remarks>
    private static readonly string[] Hardening =
    [
        "NoNewPrivileges=yes", "UMask=0022", "LockPersonality=yes", "RestrictRealtime=yes", "RestrictSUIDSGID=yes",
        "RestrictNamespaces=yes", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK",
        "SystemCallArchitectures=native", "SystemCallFilter=@system-service", "SystemCallErrorNumber=EPERM",
    ];

    /// <summary>What only the system's own manager can always give: a user's has no mount namespaces everywhere.</summary>
    private static readonly string[] SystemHardening =
    [
        "ProtectSystem=strict", "PrivateTmp=yes", "PrivateDevices=yes", "ProtectClock=yes", "ProtectHostname=yes",
        "ProtectControlGroups=yes", "ProtectKernelLogs=yes", "ProtectKernelModules=yes", "ProtectKernelTunables=yes",
        "ProtectProc=invisible", "CapabilityBoundingSet=", "AmbientCapabilities=", "RemoveIPC=yes", "KeyringMode=private",
    ];

    private const string States = "/var/lib/";

    public static string Service(HostedJob job)
    {
        var isRunner = job.Work == HostedWork.Runner;
        var isSystem = job.Scope == StoreScope.Machine;
        var text = new StringBuilder();
        Section(text, "Unit", $"Description={Specifier(job.Description)}", "Wants=network-online.target", "After=network-online.target");
        Section(text, "Service",
            [
                $"Type={(isRunner ? "exec" : "oneshot")}",
                $"ExecStart={HostedCommand.SystemdLine(job)}",
                .. isRunner
                    ? ["Restart=on-failure", "RestartSec=10", "KillSignal=SIGTERM", "TimeoutStopSec=120", "SuccessExitStatus=130 143"]
                    : Array.Empty<string>(),
                .. isSystem && job.Account is { } account ? [$"User={account}"] : Array.Empty<string>(),
                .. job.EnvironmentFile is { } file ? [$"EnvironmentFile={Specifier(file)}"] : Array.Empty<string>(),
                "Environment=POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off DOTNET_EnableDiagnostics=0",
                .. Hardening,
                .. isSystem ? SystemHardening : [],
                .. isSystem ? [$"ProtectHome={(SystemdSandbox.NeedsHome(job) ? "read-only" : "yes")}"] : Array.Empty<string>(),
                .. isSystem && StateFolder(job) is { } state ? [$"StateDirectory={state}"] : Array.Empty<string>(),
                .. isSystem ? WritablePaths(job).Select(path => $"ReadWritePaths={HostedCommand.SystemdQuote(path)}") : [],
            ]);
        if (isRunner)
        {
            Section(text, "Install", $"WantedBy={(isSystem ? "multi-user.target" : "default.target")}");
        }

        return text.ToString();
    }

    public static string Timer(HostedJob job, IEnumerable<string> calendars)
    {
        var text = new StringBuilder();
        Section(text, "Unit", $"Description={Specifier(job.Description)}");
        Section(text, "Timer", [.. calendars.Select(calendar => $"OnCalendar={calendar}"), "Persistent=yes", "AccuracySec=1s"]);
        Section(text, "Install", "WantedBy=timers.target");
        return text.ToString();
    }

    // a minus: a folder that is not there is no reason not to start
    private static IEnumerable<string> WritablePaths(HostedJob job) =>
        [.. StateFolder(job) is null ? [ReportStores.FolderOf(job.StorePath, job.Scope)] : Array.Empty<string>(),
            .. job.Folders.Select(folder => "-" + folder)];

    // what a store in a database has on this computer: systemd makes it, and gives it to the account with all that is in it
    private static string? StateFolder(HostedJob job) => ReportStores.IsDatabase(job.StorePath)
        && ReportStores.FolderOf(job.StorePath, job.Scope) is var folder && folder.StartsWith(States, StringComparison.Ordinal)
            ? folder[States.Length..] : null;

    private static void Section(StringBuilder text, string name, params string[] lines) =>
        text.Append(text.Length == 0 ? "" : "\n").Append('[').Append(name).Append("]\n").AppendJoin('\n', lines).Append('\n');

    private static string Specifier(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
