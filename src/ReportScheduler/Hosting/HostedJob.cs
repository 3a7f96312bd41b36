using ReportScheduler.Delivery;
using ReportScheduler.Store;
using ReportScheduler.Time;

namespace ReportScheduler.Hosting;

/// <summary>One thing that the operating system is asked to start, with everything resolved.</summary>
internal sealed record HostedJob
{
    /// <summary>The name it is registered under.</summary>
    public required string Name { get; init; }

    /// <summary>The name that the system knows it by: as <see cref="Name"/>, with a mark of the store unless it is the usual one.</summary>
    public required string SystemName { get; init; }

    public required HostedWork Work { get; init; }

    /// <summary>The time between two calls of a dispatcher, and of a task whose schedule the system cannot express.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The task whose schedule is compiled; null for runner and dispatcher.</summary>
    public ReportTask? Task { get; init; }

    /// <summary>Full path of PowerShell.</summary>
    public required string PowerShellPath { get; init; }

    /// <summary>Full path of the module's manifest.</summary>
    public required string ModulePath { get; init; }

    /// <summary>Full path of the store file, or the address of its database.</summary>
    public required string StorePath { get; init; }

    public StoreScope Scope { get; init; }

    /// <summary>Full paths of the folders that reports and mails of the store are put into.
    /// Every job runs all that is due, so they are the same for all.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Full paths of the files with secrets that the store is opened with.</summary>
    public IReadOnlyList<string> SecretFiles { get; init; } = [];

    /// <summary>The account that runs it; null for the one that registers it.</summary>
    public string? Account { get; init; }

    /// <summary>A file with environment variables, such as secrets; null for none. systemd only.</summary>
    public string? EnvironmentFile { get; init; }

    /// <summary>What a registration asked the system to start, with the folders that its store names now.</summary>
    public static HostedJob Of(ReportScheduledTask registered, ReportTask? task, IReportStore store) => new()
    {
        Name = registered.Name,
        SystemName = registered.SystemName,
        Work = registered.Work,
        Task = task,
        Every = registered.Every ?? TimeSpan.FromMinutes(1),
        PowerShellPath = registered.PowerShellPath,
        ModulePath = registered.ModulePath,
        StorePath = registered.StorePath,
        Scope = registered.Scope,
        Folders = [.. DeliveryPlaces.All.SelectMany(place => place.Folders(store)).Append(store.GetOption().FilesPath).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        SecretFiles = [.. Hosting.SecretFiles.Of(registered)],
        Account = registered.Account,
        EnvironmentFile = registered.EnvironmentFile,
    };

    public string Description => Work switch
    {
        HostedWork.Runner => "ReportScheduler: runs reports as they become due",
        HostedWork.Dispatcher => $"ReportScheduler: runs due reports every {DurationText.Format(Every)}",
        _ => $"ReportScheduler: {Task!.Name}",
    };
}
