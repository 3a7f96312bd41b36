using System.Globalization;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Runs;

/// <summary>Matches due times, runs and the mails that a server got, one by one, as Jepsen's test of Chronos does.</summary>
/// <param name="expected">The due times that there were: task and instant.</param>
/// <param name="runs">The runs in the store at the end.</param>
/// <param name="mails">What the mail server took, in the order in which it did.</param>
/// <param name="mayRepeat">Whether a mail that was in doubt may come once more.</param>
internal sealed class FleetCheck(IReadOnlyCollection<(string TaskId, DateTimeOffset DueAt)> expected, IReadOnlyCollection<ReportRun> runs,
    IReadOnlyCollection<ReceivedMail> mails, bool mayRepeat)
{
    private const string MayArriveTwice = "may arrive twice.";

    private readonly ILookup<string, ReceivedMail> mailsOf =
        mails.ToLookup(mail => mail.Message.Headers["X-Report-Run"] ?? "", StringComparer.Ordinal);

    /// <summary>What is wrong, a line each.</summary>
    public IReadOnlyList<string> Problems => [.. Runs(), .. Mails(), .. Overlaps()];

    /// <summary>How often a mail came once more than it should have under Hold.</summary>
    public int Repeated => mailsOf.Sum(mail => mail.Count() - 1);

    private static string Name(string task, DateTimeOffset due) => string.Create(CultureInfo.InvariantCulture, $"{task} {due:HH:mm:ss}");

    private IEnumerable<string> Runs()
    {
        var made = runs.ToLookup(run => (run.TaskId, run.DueAt));
        foreach (var (task, due) in expected)
        {
            switch (made[(task, due)].Count())
            {
                case 0:
                    yield return $"{Name(task, due)}: no run";
                    break;
                case > 1:
                    yield return $"{Name(task, due)}: {made[(task, due)].Count()} runs";
                    break;
            }
        }

        foreach (var run in runs.Where(run => !expected.Contains((run.TaskId, run.DueAt))))
        {
            yield return $"{Name(run.TaskId, run.DueAt)}: nobody asked for it";
        }

        foreach (var run in runs.Where(run => run.Outcome is not (RunOutcome.Succeeded or RunOutcome.Held)
            && !(run.Outcome == RunOutcome.Interrupted && run.Interruptions >= 3)))
        {
            yield return $"{Name(run.TaskId, run.DueAt)}: {run.Outcome} {run.Error}";
        }
    }

    private IEnumerable<string> Mails()
    {
        var known = runs.ToDictionary(run => run.Id);
        foreach (var mail in mailsOf.Where(mail => !known.ContainsKey(mail.Key)))
        {
            yield return $"a mail of the run '{mail.Key}', which is not there";
        }

        foreach (var run in runs)
        {
            var got = mailsOf[run.Id].ToList();
            var most = mayRepeat ? 1 + run.Warnings.Count(warning => warning.EndsWith(MayArriveTwice, StringComparison.Ordinal)) : 1;
            if (got.Count > most)
            {
                yield return $"{Name(run.TaskId, run.DueAt)}: {got.Count} mails of a run that ended as {run.Outcome}; {Story(run)}";
            }

            if (got.Count == 0 && run.Outcome == RunOutcome.Succeeded)
            {
                yield return $"{Name(run.TaskId, run.DueAt)}: no mail";
            }

            if (got.Select(mail => mail.Message.MessageId).Distinct().Skip(1).Any())
            {
                yield return $"{Name(run.TaskId, run.DueAt)}: several Message-Ids";
            }
        }

        foreach (var id in mails.GroupBy(mail => mail.Message.MessageId).Where(id => id.Select(mail =>
            mail.Message.Headers["X-Report-Run"]).Distinct().Skip(1).Any()))
        {
            yield return $"{id.Key}: the Message-Id of several runs";
        }
    }

    private static string Story(ReportRun run) => string.Create(CultureInfo.InvariantCulture,
        $"attempt {run.Attempt}, cut off {run.Interruptions} times, started {run.StartedAt:HH:mm:ss.fff}; ") + string.Join(", ",
            run.Deliveries.SelectMany(delivery => delivery.History.Select(tried => string.Create(CultureInfo.InvariantCulture,
                $"{delivery.Id} {tried.StartedAt:HH:mm:ss.fff}-{tried.EndedAt:HH:mm:ss.fff} {tried.State} {tried.Error}"))));

    // the times of a run that was begun anew are those of both
    private IEnumerable<string> Overlaps() => runs.Where(run => run is { Attempt: 1, StartedAt: not null, FinishedAt: not null })
        .GroupBy(run => run.TaskId).SelectMany(task =>
        {
            var ordered = task.OrderBy(run => run.StartedAt).ToList();
            return ordered.Zip(ordered.Skip(1)).Where(pair => MadeAt(pair.First) > pair.Second.StartedAt)
                .Select(pair => $"{Name(task.Key, pair.First.DueAt)} and {Name(task.Key, pair.Second.DueAt)} at once");
        });

    // its mail may still be on its way when the next one begins
    private static DateTimeOffset MadeAt(ReportRun run) =>
        run.Deliveries.Select(delivery => delivery.CreatedAt).Append(run.FinishedAt!.Value).Min();
}
