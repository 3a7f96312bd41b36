using System.Management.Automation;
using ReportScheduler.Delivery;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>Delivers a finished report again from its saved message and files, without querying.</summary>
/// <remarks>The message keeps its Message-Id. It is sent to all its recipients; with -FailedOnly only to those who did
/// not get it. A delivery that fails again is an error as well. A mail or copy goes to its original recipients or
/// folder, also after Set-ReportTask gave the task others: Invoke-ReportTask
/// with -AsOf makes the report again for those. The mail server is used with its present settings, so that a mail that
/// was refused for a wrong password is sent after Set-ReportMailServer has corrected it. A report that is held because
/// its result does not meet -Expect is sent with -Release. Mails to the owner are not sent again. The run is the output;
/// with -Key it is the deliveries of these parts.</remarks>
/// <example>
/// <code>Get-ReportRun 'Daily sales' -Newest 1 | Send-ReportRun -FailedOnly</code>
/// <para>Sends the newest report to those who did not get it.</para>
/// </example>
/// <example>
/// <code>Send-ReportRun 20260302-080000-0000000-x7k2qd -Key north -FailedOnly</code>
/// <para>Sends one part of a split report again, from its saved message, to those who did not get it.</para>
/// </example>
[Cmdlet(VerbsCommunications.Send, "ReportRun", SupportsShouldProcess = true)]
[OutputType(typeof(ReportRun), typeof(ReportDelivery))]
public sealed class SendReportRunCommand : ReportCommand, IDisposable
{
    private readonly StopSignal stop = new();

    /// <summary>The ids of the runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NameTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Delivers only what failed, waits or is uncertain.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter FailedOnly { get; set; }

    /// <summary>Delivers only the parts of a split report with these keys. Wildcards are allowed; keys are case-sensitive.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PartKeyCompleter))]
    public string[] Key { get; set; } = [];

    /// <summary>Sends a report that is held because its result does not meet -Expect of its task.</summary>
    [Parameter]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter Release { get; set; }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Stop();

    private protected override StoreStop StoreStopping => stop.Store;

    private protected override void Process()
    {
        foreach (var id in Id)
        {
            Guard(() => Send(id));
        }
    }

    private void Send(string id)
    {
        var run = Store.GetRuns(new RunFilter { RunId = id }) is [var found] ? found : throw CommandErrors.RunNotFound(id);
        if (run.Outcome == RunOutcome.Running)
        {
            throw CommandErrors.RunNotFinished(run);
        }

        if (run.IsBlocked != Release)
        {
            throw Release ? RunErrors.RunNotBlocked(run) : RunErrors.RunBlocked(run);
        }

        if (Release && run.Deliveries.All(delivery => delivery.IsNotice))
        {
            ReleaseAlone(run);
            return;
        }

        var keys = new GivenKeys(Key);
        if (keys.IsGiven && !run.Deliveries.Any(delivery => keys.IsAsked(delivery.Key)))
        {
            throw CommandErrors.KeyNotInRun(run, Key);
        }

        WarnOfMissing(run, keys);
        var wanted = run.Deliveries
            .Where(delivery => !delivery.IsNotice && keys.IsAsked(delivery.Key)
                && (Release ? delivery.IsBlocked : !FailedOnly || !delivery.IsWhole))
            .ToList();
        if (run.Deliveries.All(delivery => delivery.IsNotice))
        {
            throw CommandErrors.NothingToSend(run);
        }

        if (wanted.Count == 0)
        {
            WriteWarning($"{run.TaskName}: nothing to resend for the run '{run.Id}': every delivery succeeded. "
                + (Release ? "" : "Without -FailedOnly it is sent to all recipients again."));
        }

        Ask(run, wanted);
        if (wanted.Count == 0)
        {
            return;
        }

        Send(run, wanted, keys);
    }

    private void Send(ReportRun run, List<ReportDelivery> wanted, GivenKeys keys)
    {
        using var worker = new RunWorker(Store, Store.Clock);
        var sent = worker.Reopening.SendAgain(run, wanted, FailedOnly || Release, stop.Token);
        if (sent.Outcome == RunOutcome.Delivering)
        {
            WriteWarning(RunDescription.DescribeWaiting(sent));
        }

        Store.Files.Locate([sent]);
        WriteObject(keys.IsGiven
            ? sent.Deliveries.Where(delivery => wanted.Exists(other => other.Id == delivery.Id)).ToArray()
            : sent, enumerateCollection: true);
        if (sent.IsFailure)
        {
            WriteError(CommandErrors.RunFailed(sent).ToErrorRecord());
        }
    }

    private void WarnOfMissing(ReportRun run, GivenKeys keys)
    {
        if (keys.Unmet([.. run.Deliveries.Select(delivery => delivery.Key).OfType<string>()]) is { Count: > 0 } unmet)
        {
            WriteWarning($"{run.TaskName}: the run '{run.Id}' has no part {EnglishText.List(unmet.Select(key => $"'{key}'"), "or")}, "
                + "which -Key names.");
        }
    }

    /// <summary>Leaves out what is not to be sent after all.</summary>
    private void Ask(ReportRun run, List<ReportDelivery> wanted)
    {
        foreach (var delivery in wanted.ToList())
        {
            var people = delivery.Recipients.Where(recipient => !FailedOnly || recipient.State != DeliveryState.Sent)
                .Select(recipient => recipient.Address);
            if (!ShouldProcess($"{run}", DeliveryPlaces.Of(delivery).DescribeAgain(delivery, people)))
            {
                wanted.Remove(delivery);
            }
        }
    }

    /// <summary>Releases a report that was to go nowhere.</summary>
    private void ReleaseAlone(ReportRun run)
    {
        if (ShouldProcess($"{run}", "Release the report, which is delivered nowhere"))
        {
            using var worker = new RunWorker(Store, Store.Clock);
            var released = worker.Reopening.Release(run);
            Store.Files.Locate([released]);
            WriteObject(released);
        }
    }
}
