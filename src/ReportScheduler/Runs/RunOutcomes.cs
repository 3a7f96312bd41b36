using ReportScheduler.Text;

namespace ReportScheduler.Runs;

/// <summary>What the states of a run's deliveries say about the run.</summary>
internal static class RunOutcomes
{
    private const int MostKeys = 5;
    private const int LongestKey = 60;

    /// <summary>Sets outcome and error of a run whose files are made. Never kinder than the truth.</summary>
    public static void Judge(ReportRun run)
    {
        ReportDelivery[] reports = [.. run.Deliveries.Where(delivery => !delivery.IsNotice)];
        var problem = reports.FirstOrDefault(delivery => delivery.State != DeliveryState.Sent || delivery.Error is not null);
        run.Outcome = Outcome(reports);
        run.Error = run.Outcome == RunOutcome.Succeeded ? null : Error(reports, problem);
        run.ErrorId = run.Outcome == RunOutcome.Succeeded ? null : problem?.ErrorId;
        run.Stage = run.Outcome == RunOutcome.Succeeded ? RunStage.Record : RunStage.Deliver;
        JudgeData(run);
        run.Warnings = [.. run.Warnings, .. reports.Select(delivery => delivery.Note).OfType<string>().Except(run.Warnings)];
        foreach (var doubtful in reports.Where(
            delivery => delivery is { Doubts: > 0, State: DeliveryState.Pending } && !IsSaid(run, Subject(delivery))))
        {
            run.Warnings = [.. run.Warnings, $"{(doubtful.MessageId is null ? "The target" : "The mail server")} did not say whether it "
                + $"took {Subject(doubtful)}: it is sent again and may arrive twice."];
        }
    }

    /// <summary>What was delivered is not all that was asked for when servers gave no rows.</summary>
    private static void JudgeData(ReportRun run)
    {
        if (run.Outcome == RunOutcome.Succeeded && run.MissingConnections.Length > 0)
        {
            (run.Outcome, run.ErrorId,
                run.ErrorCategory) = (RunOutcome.PartialData, nameof(RunOutcome.PartialData), ReportErrorCategory.ConnectionError);
            run.Error = $"{run.MissingConnections.Length} {(run.MissingConnections.Length == 1 ? "server" : "servers")} gave no rows. "
                + $"{run.MissingBecause}.";
        }
    }

    /// <summary>What went wrong; of a split report also for how many and which keys.</summary>
    private static string? Error(ReportDelivery[] reports, ReportDelivery? problem)
    {
        string[] all = [.. reports.Select(delivery => delivery.Key).OfType<string>().Distinct(StringComparer.Ordinal)];
        string[] missing = [.. reports.Where(delivery => !delivery.IsWhole).Select(delivery => delivery.Key).OfType<string>()
            .Distinct(StringComparer.Ordinal)];
        var shown = missing.Take(MostKeys).Select(key => $"'{OneLine.Of(key.Length > LongestKey ? key[..LongestKey] + "..." : key)}'")
            .ToList();
        if (missing.Length == 0)
        {
            return problem?.Error;
        }

        var named = EnglishText.List(missing.Length > MostKeys ? shown.Append($"{missing.Length - MostKeys:N0} more") : shown);
        return $"Of {all.Length:N0} parts {missing.Length:N0} did not reach all their readers: {named}. {problem?.Error}".TrimEnd();
    }

    /// <summary>What a delivery brings, as in warnings.</summary>
    public static string Subject(ReportDelivery delivery) =>
        delivery.MessageId is { } id ? $"the message {id}" : $"the files for '{delivery.Target}'";

    private static bool IsSaid(ReportRun run, string subject) =>
        Array.Exists(run.Warnings, warning => warning.Contains(subject, StringComparison.Ordinal)
            && warning.EndsWith("may arrive twice.", StringComparison.Ordinal));

    private static RunOutcome Outcome(ReportDelivery[] deliveries)
    {
        if (deliveries.Any(delivery => delivery.State is DeliveryState.Pending or DeliveryState.Sending))
        {
            return RunOutcome.Delivering;
        }

        if (deliveries.Any(delivery => delivery.State == DeliveryState.Uncertain))
        {
            return RunOutcome.Held;
        }

        var reached = deliveries.Count(delivery => delivery.State == DeliveryState.Sent);
        var whole = deliveries.Count(delivery => delivery.IsWhole);
        return whole == deliveries.Length ? RunOutcome.Succeeded
            : reached > 0 ? RunOutcome.PartiallyDelivered
            : RunOutcome.Failed;
    }
}
