using System.Globalization;
using System.Text.Json.Nodes;
using ReportScheduler.Time;

namespace ReportScheduler.Definitions.Python;

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

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_660_000);

    /// <summary>What each kind of schedule may have. The jitter, by which APScheduler spreads tasks, is left out.</summary>
    private static readonly string[] General = ["timezone", "start_date", "end_date", "jitter"];

    /// <summary>Gives the task its schedule; the task's zone is set already, and one in the schedule replaces it.</summary>
    /// <exception cref="ReportException">The schedule cannot be said here.</exception>
    public static void Apply(ReportTask task, JsonObject source, string file)
    {
        var type = $"{source["schedule_type"]}".ToLowerInvariant();
        var config = Config(source["schedule_config"], type, task, file);
        if (type.Length == 0 && config.Count > 0)
        {
            throw PythonErrors.DefinitionNotUsable(file, task.Name,
                "it has a schedule_config and no schedule_type, which is cron, interval or once");
        }

        CheckFields(config, type, task, file);
        if (config["timezone"] is { } zone)
        {
            task.TimeZone = $"{zone}";
            Zones.Find(task.TimeZone);
        }

        task.StartAt = Instant(config["start_date"], task, file);
        task.EndAt = Instant(config["end_date"], task, file);
        switch (type)
        {
            case "cron":
                task.Cron = ApSchedulerCron.ToCron(task.Name, Fields(config));
                break;
            case "interval":
                task.Every = Interval(task, config, file);
                break;
            case "once" or "date":
                task.At = Instant(config["run_date"] ?? source["next_run"], task, file)
                    ?? throw PythonErrors.DefinitionNotUsable(file, task.Name, "its schedule has no run_date");
                break;
            case "" or "none" or "manual":
                break;
            case var other:
                throw PythonErrors.DefinitionNotUsable(file, task.Name, $"its schedule_type '{other}' is not cron, interval or once");
        }
    }

    /// <summary>A time of the file: its own offset, or else the task's zone.</summary>
    public static DateTimeOffset? Instant(JsonNode? value, ReportTask task, string file)
    {
        if (value is null || $"{value}".Length == 0)
        {
            return null;
        }

        var instant = DateTimeOffset.MinValue;
        if (!DateTime.TryParse($"{value}", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            || (time.Kind != DateTimeKind.Unspecified && !DateTimeOffset.TryParse($"{value}", CultureInfo.InvariantCulture, out instant)))
        {
            throw PythonErrors.DefinitionNotUsable(file, task.Name, $"'{value}' is not a date and time");
        }

        return (time.Kind == DateTimeKind.Unspecified ? Zones.ToInstant(time, Zones.Find(task.TimeZone)) : instant).ToUniversalTime();
    }

    private static JsonObject Config(JsonNode? config, string type, ReportTask task, string file) => config switch
    {
        JsonObject fields => fields,
        null when type is not ("cron" or "interval") => [],
        null => throw PythonErrors.DefinitionNotUsable(file, task.Name, $"it has no schedule_config, and its schedule_type is {type}"),
        _ => throw PythonErrors.DefinitionNotUsable(file, task.Name,
            $"its schedule_config is {Shown(config)} and not an object such as {{ \"hour\": 9, \"minute\": 0 }}"),
    };

    /// <summary>What is not understood is refused by name: left out, a field would make the task due at other times.</summary>
    private static void CheckFields(JsonObject config, string type, ReportTask task, string file)
    {
        string[] fields = type switch
        {
            "cron" => ApSchedulerCron.Order,
            "interval" => [.. Units.Keys],
            "once" or "date" => ["run_date"],
            _ => [],
        };
        foreach (var (name, value) in fields.Length == 0 ? [] : config.ToList())
        {
            if (!fields.Contains(name) && !General.Contains(name))
            {
                throw PythonErrors.DefinitionNotUsable(file, task.Name, $"its schedule_config has the field '{name}', and "
                    + $"{(type == "interval" ? "an interval" : type == "cron" ? "cron" : "a date")} has {string.Join(", ", fields)}");
            }

            if (value is JsonObject or JsonArray
                || value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False)
            {
                throw PythonErrors.DefinitionNotUsable(file, task.Name,
                    $"the field '{name}' of its schedule_config is {Shown(value)} and neither a number nor text");
            }
        }

        if (type == "cron" && Fields(config).Count == 0)
        {
            throw PythonErrors.DefinitionNotUsable(file, task.Name,
                $"its schedule_config has none of {string.Join(", ", fields)}; for every minute, write {{ \"minute\": \"*\" }}");
        }
    }

    private static string Shown(JsonNode value)
    {
        var text = value.ToJsonString();
        return $"'{(text.Length <= 60 ? text : text[..60] + "...")}'";
    }

    private static Dictionary<string, string> Fields(JsonObject config) => config
        .Where(field => field.Value is not null && !General.Contains(field.Key))
        .ToDictionary(field => field.Key, field => $"{field.Value}", StringComparer.Ordinal);

    private static TimeSpan Interval(ReportTask task, JsonObject config, string file)
    {
        var total = TimeSpan.Zero;
        foreach (var (unit, length) in Units)
        {
            if (config[unit] is { } count)
            {
                // of ten thousand years no unit has more
                total += double.TryParse($"{count}", CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < Longest / length
                    ? length * number
                    : throw PythonErrors.DefinitionNotUsable(file, task.Name, $"its interval has '{count}' {unit}");
            }
        }

        return total > TimeSpan.Zero ? total : throw PythonErrors.DefinitionNotUsable(file, task.Name,
            "its interval is empty; it needs weeks, days, hours, minutes or seconds");
    }
}
