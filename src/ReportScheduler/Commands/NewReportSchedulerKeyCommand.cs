using System.Management.Automation;
using System.Security.Cryptography;
using ReportScheduler.Store;

namespace ReportScheduler.Commands;

/// <summary>Makes a key for the HTTP trigger of Start-ReportScheduler -Listen.</summary>
/// <remarks>The key is shown once, in the output of this command, and kept protected. Give every caller a key of its own,
/// limited to the tasks it needs: it can then be revoked alone, and has a quota of its own.</remarks>
/// <example>
/// <code>New-ReportSchedulerKey -Name 'cron-job.org'</code>
/// <para>Shows a key that may run everything.</para>
/// </example>
/// <example>
/// <code>(New-ReportSchedulerKey -Name ci -Task 'Daily*').Key</code>
/// <para>A key for some tasks only.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReportSchedulerKey", SupportsShouldProcess = true)]
[OutputType(typeof(ReportSchedulerKey))]
public sealed class NewReportSchedulerKeyCommand : ReportCommand
{
    private const int KeyBytes = 32;

    /// <summary>The name of the key, such as the name of the caller.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The names of the tasks that the key may run. Wildcards are resolved to the
    /// tasks that exist now. Default: all tasks, /due and /metrics.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string[]? Task { get; set; }

    /// <summary>How many calls a minute the key may make; more are answered with 429 and the time to wait. Default: 600.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int? CallsPerMinute { get; set; }

    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        var tasks = Task?.SelectMany(FindTasks).Select(task => task.Id).Distinct().ToArray();
        // no match must not become a key for everything
        if (tasks is [])
        {
            throw StoreErrors.TaskNotFound(string.Join(", ", Task!), []);
        }

        if (!ShouldProcess(Name, "Make key"))
        {
            return;
        }

        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var key = new ReportSchedulerKey
        {
            Name = Name,
            TaskId = tasks ?? [],
            CallsPerMinute = CallsPerMinute,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            ProtectedKey = Store.Secrets.Protect(secret),
        };
        Store.Keys.Put(key, PutMode.Add);
        key.Key = secret;
        // shown as a list: a key that is broken over two lines of a table cannot be copied
        var shown = PSObject.AsPSObject(key);
        shown.TypeNames.Insert(0, $"{typeof(ReportSchedulerKey).FullName}#Once");
        WriteObject(shown);
    }
}
