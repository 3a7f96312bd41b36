using System.Management.Automation;
using ReportScheduler.Commands.Scripts;
using ReportScheduler.Definitions;
using ReportScheduler.Files;
using ReportScheduler.Store;
using ReportScheduler.Store.Relational;
using ReportScheduler.Stores;

namespace ReportScheduler.Commands;

/// <summary>Changes the policies of the whole store. A task's own value wins.</summary>
/// <remarks>Only what is given changes. Everything else stays as Get-ReportSchedulerOption shows it.</remarks>
/// <example>
/// <code>Set-ReportSchedulerOption -KeepRuns 500 -KeepFilesFor 90d</code>
/// <para>Keeps more than by default.</para>
/// </example>
/// <example>
/// <code>Set-ReportSchedulerOption -Missed Skip -PauseAfterFailures 5 -PassThru</code>
/// <para>Skips missed due times, and pauses tasks that always fail.</para>
/// </example>
/// <example>
/// <code>Set-ReportSchedulerOption -Theme contoso</code>
/// <para>All reports have the look of that theme, unless their task names another one.</para>
/// </example>
/// <example>
/// <code>Set-ReportSchedulerOption -AllowScript $true</code>
/// <para>Lets runners run the scripts of tasks too.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "ReportSchedulerOption", SupportsShouldProcess = true)]
[OutputType(typeof(ReportSchedulerOption))]
public sealed class SetReportSchedulerOptionCommand : ReportCommand
{
    /// <summary>What happens to due times that passed while nothing ran.</summary>
    [Parameter]
    public MissedPolicy Missed { get; set; }

    /// <summary>A missed due time older than this is skipped, such as 12h.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan MissedGrace { get; set; }

    /// <summary>Whether owners get a mail when a run fails, was missed or was interrupted, and when it is running normally again.</summary>
    [Parameter]
    [FlagTransformation(typeof(bool))]
    public bool OnFailure { get; set; }

    /// <summary>After the first failure in a row the owner is notified of every nth, and of
    /// at least one a day; failures in between are suppressed.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int NotifyEvery { get; set; }

    /// <summary>A task is paused automatically after this many failures in a row; 0 for never.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int PauseAfterFailures { get; set; }

    /// <summary>How many runs of a task stay in the history.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int KeepRuns { get; set; }

    /// <summary>How long the files of a run stay, such as 30d.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan KeepFilesFor { get; set; }

    /// <summary>Whether runners and calls over HTTP run the PowerShell scripts of tasks. A script is code: whoever
    /// may change a task of the store then runs code as the account of its runners. Not for a store in a
    /// database. Invoke-ReportTask with the name of a task runs its script without that.</summary>
    [Parameter]
    [FlagTransformation(typeof(bool))]
    public bool AllowScript { get; set; }

    /// <summary>The theme of reports whose task names none: the name of what New-ReportTheme made. An empty text for the module's own
    /// look.</summary>
    [Parameter]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ThemeNameCompleter))]
    public string? Theme { get; set; }

    /// <summary>A folder that all machines of a store in a database see, such as a share: files of a report of more than 25 MB together are
    /// put there, so that another machine can go on with a delivery. It must be there; runs make none, and know it by a file that
    /// this command puts in it. Give an empty text for none.</summary>
    [Parameter]
    [AllowEmptyString]
    [AllowNull]
    public string? FilesPath { get; set; }

    /// <summary>Shows the policies.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PassThru { get; set; }

    private protected override bool MakesStore => true;

    private protected override void Process()
    {
        if (AllowScript && ReportStores.IsDatabase(Store.Address))
        {
            throw ScriptErrors.ScriptNotAllowedInDatabase(Store.Address);
        }

        Theme = string.IsNullOrEmpty(Theme) || Theme.Equals(StoreNames.NoTheme, StringComparison.OrdinalIgnoreCase) ? null
            : Store.ThemeNamed(Theme).Name;
        FilesPath = string.IsNullOrWhiteSpace(FilesPath) ? null : FullPath(FilesPath);
        if (FilesPath is { } share)
        {
            CheckShare(share);
        }

        // reading would make a store for -WhatIf
        var option = Store.IsThere ? Store.GetOption() : new ReportSchedulerOption();
        var before = DefinitionJson.Write(option);
        Apply(option);
        if (!ShouldProcess(Store.Address, $"Change the policies of the store: {ChangeText.Of(before, DefinitionJson.Write(option))}"))
        {
            return;
        }

        if (FilesPath is { } given)
        {
            SharedFiles.Found(given);
        }

        option = Store.ChangeOption(Apply);
        if (PassThru)
        {
            WriteObject(option);
        }
    }

    // each policy is called as its parameter
    private void Apply(ReportSchedulerOption option)
    {
        foreach (var policy in typeof(ReportSchedulerOption).GetProperties()
            .Where(policy => MyInvocation.BoundParameters.ContainsKey(policy.Name)))
        {
            policy.SetValue(option, GetType().GetProperty(policy.Name)!.GetValue(this));
        }
    }

    private void CheckShare(string share)
    {
        if (!ReportStores.IsDatabase(Store.Address))
        {
            throw CommandErrors.FilesPathNotForFile(Store.Address);
        }

        try
        {
            if (!WritableFolder.Try(share))
            {
                throw StoreErrors.FolderNotUsable(share, "it is not there");
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.FolderNotUsable(share, problem.Message, problem);
        }
    }
}
