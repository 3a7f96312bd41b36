using System.Collections;
using System.Globalization;
using ReportScheduler.Conditions;
using ReportScheduler.Delivery;
using ReportScheduler.Exports;
using ReportScheduler.Schedules;
using ReportScheduler.Sources;
using ReportScheduler.Store;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Runs;

/// <summary>Says in words what a run would do.</summary>
internal static class RunDescription
{
    /// <summary>What would be queried, written and sent to whom.</summary>
    public static string Describe(ReportTask task, RunOptions options, IReportStore store)
    {
        var datasets = task.AllDatasets();
        var steps = new List<string>
        {
            task.HasScript ? string.Join(", ", task.Datasets.Select(dataset => dataset.Script is null
                    ? $"Query '{task.NameOf(dataset)}' on connection '{task.ConnectionOf(dataset)}'"
                    : $"Run the script '{task.NameOf(dataset)}'"))
                : datasets.Count == 1 ? $"Query connection '{task.ConnectionOf(task.Datasets[0])}'"
                : "Query " + string.Join(", ", task.Datasets.Select(
                    dataset => $"'{task.NameOf(dataset)}' on connection '{task.ConnectionOf(dataset)}'")),
        };
        if (task.SplitBy is { } column)
        {
            steps.Add(options.Keys.Count == 0
                ? $"split by '{column}'"
                : $"split by '{column}', of which {EnglishText.List(options.Keys.Select(key => $"'{key}'"))} only");
        }

        if (task.Format.Length > 0)
        {
            steps.Add($"write {string.Join(", ", ExportFormats.Of(task).Select(format => format.Name))} to "
                + $"'{options.OutputPath ?? store.Files.Folder}'");
        }

        if (options.Parameters is { Count: > 0 } values)
        {
            steps[0] +=
                " with " + string.Join(", ", values.Cast<DictionaryEntry>()
                    .Select(entry => $"@{entry.Key} = {ReportParameters.Text(entry.Value, CultureInfo.InvariantCulture)}"));
        }

        if (options.NoDelivery)
        {
            steps.Add("send nothing");
        }
        else
        {
            AddDeliveries(steps, task, options);
        }

        return string.Join(", ", steps);
    }

    /// <summary>Why a run is not over, and what goes on with it.</summary>
    public static string DescribeWaiting(ReportRun run)
    {
        var next = run.Deliveries.Min(delivery => delivery.NextAttemptAt) is { } at ? $" after {InstantText.Of(at, run.TimeZone)}" : "";
        var what = DeliveryPlaces.All.FirstOrDefault(place => run.Deliveries.Any(
            delivery => delivery.State == DeliveryState.Pending && place.Kinds.Contains(delivery.Kind)))?.Noun ?? "delivery";
        return $"The report '{run.TaskName}' is written and its {what} waits: {run.Error?.TrimEnd('.')}. "
            + $"A runner (Start-ReportScheduler) or Invoke-ReportTask -Due tries again{next}; "
            + $"while neither runs, it stays where it is: Send-ReportRun -Id {run.Id} tries at once.";
    }

    /// <summary>Why due times were given up, and what makes the last of them up.</summary>
    public static string DescribeMissed(ReportRun run) =>
        $"{run.Error} {AgainCommand.Of(run)} produces {(run.MissedCount == 1 ? "it" : "the last one")}.";

    /// <summary>That an outer scheduler asks for an instant that the task's own schedule does not have.</summary>
    public static string DescribeUnscheduled(ReportTask task, DateTimeOffset due, ReportSchedule schedule) =>
        $"{task.Name}: {InstantText.Of(due, task.TimeZone)} is not an instant of its schedule ({schedule.Describe()}). The report is made for "
            + "it, and runners make those of the schedule as well: a task that another scheduler runs needs no schedule of its own.";

    /// <summary>That an instant is made up before it has come.</summary>
    public static string DescribeEarly(ReportTask task, DateTimeOffset due) =>
        $"{task.Name}: {InstantText.Of(due, task.TimeZone)} is still to come. The report is made now, and no other one is made for that "
            + "instant. If the instant is mistyped, give the right one.";

    /// <summary>Why an instant whose run failed is not run again, and what makes its report.</summary>
    public static string DescribeEarlier(ReportRun run) =>
        $"'{run.TaskName}' has a run for this instant, which failed, and it is returned as it is. "
            + $"{AgainCommand.Of(run)} makes the report again.";

    private static void AddDeliveries(List<string> steps, ReportTask task, RunOptions options)
    {
        steps.AddRange(DeliveryPlaces.All.Where(place => place.IsWanted(task)).Select(place => place.Describe(task, options.RedirectTo))
            .OfType<string>());
        if (Condition.OfSendWhen(task.SendWhen) is not null)
        {
            steps.Add(task.SendWhen switch
            {
                nameof(SendWhen.HasRows) => "deliver only if there are rows",
                nameof(SendWhen.NoRows) => "deliver only if there are no rows",
                nameof(SendWhen.Changed) => "deliver only if a row is new, gone or changed",
                nameof(SendWhen.NewRows) => "deliver only if a row is new",
                var condition => $"deliver only if {condition}",
            });
        }
    }
}
