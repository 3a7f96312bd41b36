using System.Globalization;
using System.Text.Json.Nodes;
using ReportScheduler.Schedules;

namespace ReportScheduler.Tasks;

/// <summary>The schedule of a task of the Python tool: cron fields, an interval, or one date.</summary>
internal static class PythonSchedule
{
    private static readonly Dictionary<string, TimeSpan> Units = new(StringComparer.Ordinal)
    {
        ["weeks"] = TimeSpan.FromDays(7),
        ["days"] = TimeSpan.FromDays(1),
        ["hours"] = TimeSpan.FromHours(1),
        ["minutes"] = TimeSpan.FromMinutes(1),
        ["seconds"] = TimeSpan.FromSeconds(1),
    };

    /// <summary>Gives the task its schedule; the task's zone is set already, and one in the schedule replaces it.</summary>
    /// <exception cref="ReportException">The schedule cannot be said here.</exception>
    public static void Apply(ReportTask task, JsonObject source, string file)
    {
        var config = source["schedule_config"] as JsonObject ?? new JsonObject();
        if (config["timezone"] is { } zone)
        {
            task.TimeZone = $"{zone}";
            Zones.Find(task.TimeZone);
        }

        task.StartAt = Instant(config["start_date"], task, file);
        task.EndAt = Instant(config["end_date"], task, file);
        switch ($"{source["schedule_type"]}".ToLowerInvariant())
        {
            case "cron":
                task.Cron = ApSchedulerCron.ToCron(task.Name, Fields(config));
                break;
            case "interval":
                task.Every = Interval(task, config, file);
                break;
            case "once" or "date":
                task.At = Instant(config["run_date"] ?? source["next_run"], task, file)
                    ?? throw ReportError.DefinitionNotUsable(file, task.Name, "its schedule has no run_date");
                break;
            case "" or "none" or "manual":
                break;
            case var other:
                throw ReportError.DefinitionNotUsable(file, task.Name, $"its schedule_type '{other}' is not cron, interval or once");
        }
    }

    /// <summary>A time of the file: its own offset, or else the task's zone.</summary>
    public static DateTimeOffset? Instant(JsonNode? value, ReportTask task, string file)
    {
        if (value is null || $"{value}".Length == 0)
        {
            return null;
        }

        if (!DateTime.TryParse($"{value}", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            throw ReportError.DefinitionNotUsable(file, task.Name, $"'{value}' is not a date and time");
        }

        return (time.Kind == DateTimeKind.Unspecified ? Zones.ToInstant(time, Zones.Find(task.TimeZone)) : DateTimeOffset.Parse($"{value}", CultureInfo.InvariantCulture)).ToUniversalTime();
    }

    private static Dictionary<string, string> Fields(JsonObject config) => config
        .Where(field => field.Value is not null && field.Key is not ("timezone" or "start_date" or "end_date" or "jitter"))
        .ToDictionary(field => field.Key, field => $"{field.Value}", StringComparer.Ordinal);

    private static TimeSpan Interval(ReportTask task, JsonObject config, string file)
    {
        var total = TimeSpan.Zero;
        foreach (var (unit, length) in Units)
        {
            if (config[unit] is { } count)
            {
                total += double.TryParse($"{count}", CultureInfo.InvariantCulture, out var number)
                    ? length * number
                    : throw ReportError.DefinitionNotUsable(file, task.Name, $"its interval has '{count}' {unit}");
            }
        }

        return total > TimeSpan.Zero ? total : throw ReportError.DefinitionNotUsable(file, task.Name, "its interval is empty; it needs weeks, days, hours, minutes or seconds");
    }
}
