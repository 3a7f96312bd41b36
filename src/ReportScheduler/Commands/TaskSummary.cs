using ReportScheduler.Schedules;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>Summary of the new task, in a few lines to look over.</summary>
internal static class TaskSummary
{
    public static IEnumerable<string> Lines(ReportTask task)
    {
        (string What, string? Value)[] all =
        [
            ("Report", task.Name),
            ("About", task.Description),
            ("Connection", string.Join(", ", task.Connections())),
            ("Query", string.Join("; ", task.AllDatasets().Select(dataset => Excerpt.Of(dataset.Sql)))),
            ("Parameters", task.Parameters is null
                ? null
                : string.Join(", ", task.Parameters.Keys.Cast<string>().Select(name => $"@{name} = {task.Parameters[name]}"))),
            ("Runs", TaskSchedule.Of(task) is { } schedule ? schedule.Describe() : "on demand"),
            ("Formats", task.Format.Length == 0 ? "none, the rows are shown in the mail body" : string.Join(", ", task.Format)),
            ("Folder", task.Destination),
            ("To", string.Join(", ", task.To)),
            ("Cc", string.Join(", ", task.Cc)),
            ("Mail server", task.MailServer),
        ];
        return all.Where(line => !string.IsNullOrEmpty(line.Value)).Select(line => $"  {line.What,-12}{line.Value}");
    }
}
