namespace ReportScheduler.Commands;

/// <summary>What a person gives the members of a report task, by their names.</summary>
internal static class TaskMembers
{
    /// <summary>Whether a new value makes another next due time.</summary>
    public static bool IsOfSchedule(string name) => name is nameof(ReportTask.Cron) or nameof(ReportTask.Every) or nameof(ReportTask.At)
        or nameof(ReportTask.StartAt) or nameof(ReportTask.EndAt) or nameof(ReportTask.TimeZone) or nameof(ReportTask.Enabled);

    /// <summary>Whether it is a list of addresses, of which one text may have several.</summary>
    public static bool IsAddresses(string name) => name is nameof(ReportTask.To) or nameof(ReportTask.Cc) or nameof(ReportTask.Bcc)
        or nameof(ReportTask.ReplyTo) or nameof(ReportTask.Also);

    /// <summary>Whether it is a path, and means one from where the session is.</summary>
    public static bool IsPath(string name) =>
        name is nameof(ReportTask.Destination) or nameof(ReportTask.Logo) or nameof(ReportTask.Template);
}
