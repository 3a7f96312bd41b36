using ReportScheduler.Schedules;

namespace ReportScheduler.Hosting;

/// <summary>A scheduler of an operating system. A new one is a type of this and a line in <see cref="SystemSchedulers"/>.</summary>
internal abstract class SystemScheduler
{
    /// <summary>The name for users.</summary>
    public abstract HostingSystem System { get; }

    /// <summary>Whether it starts things on this computer.</summary>
    public abstract bool IsHere { get; }

    /// <summary>Whether a process of the account that will run a job can be started here, to test it.</summary>
    public virtual bool CanTestAccount => true;

    /// <summary>Whether it needs the machine's store for an account without a password.</summary>
    public virtual bool NeedsMachineStore => false;

    /// <summary>A hosted job in its words.</summary>
    /// <param name="job">What to start.</param>
    /// <param name="now">The instant of the registration: the same instant gives the same text.</param>
    /// <param name="hasPassword">Whether it gets the account's password.</param>
    /// <exception cref="ReportException">The task has no schedule, or the interval is none that it can keep.</exception>
    public HostedDefinition Compile(HostedJob job, DateTimeOffset now, bool hasPassword = false) =>
        job.Task is { } task && TaskSchedule.Of(task) is null
            ? throw HostingErrors.TaskHasNoSchedule(task.Name)
            : Translate(job, now, hasPassword);

    /// <summary>Puts a registration in the place of one of that name.</summary>
    public abstract void Install(ReportScheduledTask registered, ISystemShell shell);

    /// <summary>Takes a registration away.</summary>
    public abstract void Remove(ReportScheduledTask registered, ISystemShell shell);

    /// <summary>What is not as it was registered.</summary>
    public abstract IEnumerable<string> Changes(ReportScheduledTask registered, ISystemShell shell);

    /// <summary>The scope whose usual store has jobs with plain names.</summary>
    public virtual StoreScope UsualScope(StoreScope scope) => scope;

    /// <summary>The folder for the files of a registration; null when there are none.</summary>
    /// <param name="scope">Whose store it is.</param>
    /// <param name="given">The one that was asked for; null for the usual one.</param>
    public virtual string? FolderOf(StoreScope scope, string? given) => null;

    /// <summary>What a person should know before the job starts.</summary>
    public virtual IEnumerable<string> Advice(ReportScheduledTask registered, HostedJob job) => [];

    /// <summary>What a person has to do before the registered starts; null for nothing.</summary>
    public virtual string? NextStep(ReportScheduledTask registered) => null;

    /// <summary>What of its files the started job could not get at, whatever its account may do outside of it.</summary>
    public virtual IEnumerable<string> Unseen(HostedJob job) => [];

    /// <summary>Why a job lacks a variable that the shell has, and what to do; null when it has all of them.</summary>
    /// <param name="variable">Its name.</param>
    /// <param name="cmdlet">The cmdlet that changes what needs it.</param>
    public virtual string? WhyVariableIsMissing(string variable, string? cmdlet) => null;

    /// <summary>The names of the variables that it gives a job.</summary>
    public virtual IEnumerable<string> Variables(ReportScheduledTask registered) => [];

    /// <summary>The variables of a file that it gives a job.</summary>
    public virtual IReadOnlyList<KeyValuePair<string, string>> Environment(ReportScheduledTask registered) => [];

    protected abstract HostedDefinition Translate(HostedJob job, DateTimeOffset now, bool hasPassword);
}
