using System.Management.Automation;
using ReportScheduler.Commands.Scripts;
using ReportScheduler.Hosting;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Commands;

/// <summary>Has the operating system run reports: Windows Task Scheduler, systemd or cron.</summary>
/// <remarks>
/// -Runner keeps Start-ReportScheduler running from boot on. -Every calls Invoke-ReportTask -Due every so often, which also sends waiting
/// mail. -Name calls the same at the times of a report task, compiled to the system's own triggers: its job runs each report that is due
/// then, of other tasks as well. What the system cannot say exactly becomes a call every minute, with a warning. Mail that has to wait,
/// because its server is down, is tried again when any of them starts next: a task of once a week alone would try again in a week, so
/// register -Every 5m or -Runner beside it. Each due time has one run, however many of them are registered. Paths are looked up now. On
/// Windows an account without a password (SYSTEM, a service account, or yours without -Credential) needs the machine's store (-Scope
/// Machine). With systemd -Scope Machine makes units of the system and -Scope User units of yours. Registering a name again replaces it.
/// A store of its own place gets names of its own in the system, so that several stores of a machine do not meet.
/// </remarks>
/// <example>
/// <code>Register-ReportScheduledTask -Every 1m -WhatIf</code>
/// <para>Shows what would be registered to run due reports every minute.</para>
/// </example>
/// <example>
/// <code>Register-ReportScheduledTask -Runner -System TaskScheduler -Scope Machine -User SYSTEM -Xml</code>
/// <para>Writes the XML of a Windows task that keeps the runner running, on any system.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "ReportScheduledTask", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(ReportScheduledTask), typeof(string))]
public sealed class RegisterReportScheduledTaskCommand : ReportCommand, IDisposable
{
    private const string RunnerSet = "Runner";
    private const string EverySet = "Every";
    private const string NameSet = "Name";

    private readonly StopSignal stop = new();

    /// <summary>Keeps Start-ReportScheduler up: it starts at boot and again after a failure. A unit of yours (systemd, -Scope User)
    /// starts when you log in, or at boot after loginctl enable-linger.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RunnerSet)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Runner { get; set; }

    /// <summary>The time between two calls that run due reports and send waiting mail, such as 1m.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EverySet)]
    [DurationTransformation]
    public TimeSpan Every { get; set; }

    /// <summary>The names of the report tasks whose schedules are registered. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("TaskName")]
    [NameTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The id of the task of a piped run.</summary>
    [Parameter(ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? TaskId { get; set; }

    /// <summary>What starts it: TaskScheduler, Systemd or Cron. Default: what this computer has.</summary>
    [Parameter]
    public HostingSystem System { get; set; } = SystemSchedulers.Here.System;

    /// <summary>The full path of the PowerShell that runs it, or of ReportScheduler.Host. Default: the one that runs now.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PowerShellPath { get; set; }

    /// <summary>The account that runs it: SYSTEM, a group managed service account
    /// (DOMAIN\name$), or any account of systemd. Default: yours.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>The account that runs it, with its password, for the Task Scheduler.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>A file with lines NAME=value that systemd reads before it starts the work, for secrets given as env:NAME: a job has none of
    /// the variables of your shell. With cron give the file to the connection or the mail server with -EnvFile.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EnvironmentFile { get; set; }

    /// <summary>A folder for the unit files of systemd, which are written there and not started, also on a computer
    /// without systemd. Default: the one that systemd reads; systemd then loads the units.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UnitPath { get; set; }

    /// <summary>Writes the XML for the Windows Task Scheduler and registers nothing.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Xml { get; set; }

    private SystemScheduler Target => SystemSchedulers.Of(
        Xml ? HostingSystem.TaskScheduler
        : UnitPath is not null && !IsTyped(nameof(System)) ? HostingSystem.Systemd
        : System);

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override StoreStop StoreStopping => stop.Store;

    private protected override void Process()
    {
        if (ParameterSetName != NameSet)
        {
            Register(null);
            return;
        }

        foreach (var task in FindTasks(Name, TaskId))
        {
            Guard(() => Register(task));
        }
    }

    private void Register(ReportTask? task)
    {
        var registered = Resolve(task);
        var job = HostedJob.Of(registered, task, Store);
        var definition = Target.Compile(job, registered.RegisteredAt, registered.HasPassword);
        (registered.Files, registered.Triggers, registered.WhyNotNative) = (definition.Files, definition.Triggers, definition.WhyNotNative);
        if (definition.WhyNotNative is { } why)
        {
            registered.Every = TimeSpan.FromMinutes(1);
            WriteWarning($"'{registered.Name}' is polled every minute instead of on its own schedule: {why}.");
        }

        if (task is { HasRecipients: true } && registered.Every is null && !OthersSendWaitingMail(task))
        {
            WriteWarning($"'{registered.Name}' sends mail. Mail that has to wait, because its server is down, is retried only when this "
                + "job starts again. Register-ReportScheduledTask -Every 5m retries it sooner.");
        }

        string[] unseen = [.. Target.Unseen(job)];
        foreach (var advice in (string[])[.. Target.Advice(registered, job), .. unseen])
        {
            WriteWarning(advice);
        }

        if (Xml)
        {
            WriteObject(definition.Files[0].Text);
        }
        else if (ShouldProcess(registered.Name,
            $"Register with {Target.System}: {string.Join('\n', definition.Files.Select(file => $"{file.Name}\n{file.Text}"))}"))
        {
            // the test has seen files that the job does not
            registered.Tested =
                [.. unseen, .. Test(task, registered).Where(line => unseen.Length == 0 || !AccountTest.IsPass(line, registered.Account))];
            SystemRegistration.Put(registered, new SystemShell(this, Credential));
            WriteObject(registered);
            if (Target.NextStep(registered) is { } step)
            {
                WriteInformation(new HostInformationMessage { Message = step }, ["PSHOST", "ReportScheduler"]);
            }
        }
    }

    private bool OthersSendWaitingMail(ReportTask task) =>
        new RegistrationFolder(Store.Address, Scope).List()
            .Any(other => other.TaskName != task.Name && (other.Work == HostedWork.Runner || other.Every is not null))
        || Store.Runners.List().Count > 0;

    private ReportScheduledTask Resolve(ReportTask? task)
    {
        var account = Credential?.UserName ?? User ?? AccountTest.Current;
        if (Target.NeedsMachineStore && Credential is null && Scope == StoreScope.User && StorePath is null)
        {
            throw CommandErrors.AccountNeedsMachineStore(account);
        }

        var manifest = Path.Combine(MyInvocation.MyCommand.Module.ModuleBase, "ReportScheduler.psd1");
        var name = task?.Name ?? (Runner ? "Runner" : "Dispatcher");
        return new ReportScheduledTask
        {
            Name = name,
            SystemName = HostedName.Of(name, Store.Address, StoreFile.UsualPath(Target.UsualScope(Scope))),
            Work = task is not null ? HostedWork.Task : Runner ? HostedWork.Runner : HostedWork.Dispatcher,
            TaskName = task?.Name,
            System = Target.System,
            Account = account,
            HasPassword = Credential is not null,
            Every = ParameterSetName == EverySet ? Every : null,
            PowerShellPath = ProgramPaths.PowerShell(PowerShellPath is null ? null : FullPath(PowerShellPath)),
            ModulePath = File.Exists(manifest) ? manifest : throw CommandErrors.ModuleNotFound(manifest),
            StorePath = Store.Address,
            Scope = Scope,
            EnvironmentFile = EnvironmentFile is null ? null : Existing(FullPath(EnvironmentFile)),
            UnitFolder = Target.FolderOf(Scope, UnitPath is null ? null : FullPath(UnitPath)),
            RegisteredAt = TimeProvider.System.GetUtcNow(),
        };
    }

    private string[] Test(ReportTask? task, ReportScheduledTask registered)
    {
        IReadOnlyList<ReportTask> tasks = task is null ? [.. Store.GetTasks().Where(each => each.Enabled)] : [task];
        var scripts = new ScriptSources(Store, byPerson: false);
        foreach (var refusal in tasks.Where(each => each.HasScript).Select(each => scripts.Refusal(each.Name)).OfType<ReportException>())
        {
            WriteWarning(refusal.Message);
        }

        // the variables of the environment file are those of a process of its own, and there a vault is as locked as it will be at night
        var said = registered.Account != AccountTest.Current || registered.EnvironmentFile is not null
            || (Target.CanTestAccount && JobVariables.AreInVault(tasks, Store))
            ? AccountTest.Try(registered)
            : AccountTest.TryHere(Store, tasks, [scripts.ForTest()], stop.Token);
        if (JobVariables.Missing(registered, tasks, Store) is { Length: > 0 } missing)
        {
            said = [.. missing, .. said.Where(line => !AccountTest.IsPass(line, registered.Account))];
        }

        foreach (var line in said.Where(line => !AccountTest.IsPass(line, registered.Account)))
        {
            WriteWarning(line);
        }

        return said;
    }

    private static string Existing(string path) => File.Exists(path) ? path : throw CommandErrors.EnvironmentFileNotFound(path);
}
