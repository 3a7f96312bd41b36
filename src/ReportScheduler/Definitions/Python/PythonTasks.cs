using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReportScheduler.Sources;

namespace ReportScheduler.Definitions.Python;

/// <summary>Reads the tasks.json of the Python tool.</summary>
internal sealed class PythonTasks
{
    private const int MostNamed = 10;

    /// <summary>All that a task of the tool has.</summary>
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "task_id", "id", "name", "description", "query", "database_type", "database_url", "schedule_type", "schedule_config",
        "email_recipients", "email_cc_recipients",
        "email_subject", "export_excel", "export_pdf", "excel_path", "pdf_path", "is_active", "created_at", "updated_at", "last_run",
        "next_run", "run_count", "error_count", "last_error",
    };

    private readonly SortedSet<string> unknown = new(StringComparer.Ordinal);
    private readonly string file;
    private readonly string zone;
    private readonly PythonEnvironment environment;
    private readonly List<string> warnings = [];
    private readonly Dictionary<string, ReportConnection> connections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> passwords = new(StringComparer.OrdinalIgnoreCase);

    private PythonTasks(string file, string zone, string? envFile)
    {
        this.file = file;
        this.zone = zone;
        environment = new PythonEnvironment(envFile, warnings);
    }

    /// <param name="json">The document: a list of tasks, a list in <c>tasks</c>, or an object of id and task.</param>
    /// <param name="file">Its full path; relative paths in it are relative to its folder.</param>
    /// <param name="zone">The zone of times that have none.</param>
    /// <param name="envFile">The .env file; null for none.</param>
    public static ReportDefinitions Read(JsonNode json, string file, string zone, string? envFile) =>
        new PythonTasks(file, zone, envFile).Read(json);

    /// <summary>Whether a JSON document looks like a tasks.json.</summary>
    public static bool IsMeant(JsonNode? json) =>
        json is not null && Items(json).Any(item => item.Task.ContainsKey("schedule_type") || item.Task.ContainsKey("task_id"));

    private static IEnumerable<(string? Id, JsonObject Task)> Items(JsonNode json) => json switch
    {
        JsonArray list => list.OfType<JsonObject>().Select(task => ((string?)null, task)),
        JsonObject document when document["tasks"] is { } tasks => Items(tasks),
        JsonObject byId => byId.Where(entry => entry.Value is JsonObject).Select(entry => ((string?)entry.Key, entry.Value!.AsObject())),
        _ => [],
    };

    private ReportDefinitions Read(JsonNode json)
    {
        var server = environment.MailServer(warnings);
        var (tasks, refused) = (new List<ReportTask>(), new List<ReportException>());
        foreach (var (id, task) in Items(json))
        {
            try
            {
                tasks.Add(WithOwnName(Task(task, id, server?.Name), tasks));
            }
            catch (ReportException problem)
            {
                refused.Add(problem);
            }
        }

        if (unknown.Count > 0)
        {
            warnings.Add(
                $"The tasks of '{file}' have fields that are not known here, and they were left out: "
                    + $"{string.Join(", ", unknown.Take(MostNamed).Select(field => $"'{field}'"))}"
                    + $"{(unknown.Count > MostNamed ? $" and {unknown.Count - MostNamed} more" : "")}.");
        }

        return new ReportDefinitions
        {
            Connections = [.. connections.Values],
            MailServers = server is null ? [] : [server],
            Tasks = tasks,
            Passwords = passwords,
            Refused = refused,
            Warnings = warnings,
        };
    }

    /// <summary>Names are unique here, and were not there.</summary>
    private ReportTask WithOwnName(ReportTask task, List<ReportTask> others)
    {
        var name = task.Name;
        for (var number = 2; others.Exists(other => other.Name.Equals(task.Name, StringComparison.OrdinalIgnoreCase)); number++)
        {
            task.Name = $"{name} ({number})";
        }

        if (task.Name != name)
        {
            warnings.Add($"There is more than one task '{name}'. That with the id '{task.Id}' is called '{task.Name}' here.");
        }

        return task;
    }

    private ReportTask Task(JsonObject source, string? key, string? mailServer)
    {
        string? Value(string name) => source[name] is { } value && $"{value}" is { Length: > 0 } text ? text : null;

        var id = Value("task_id") ?? Value("id") ?? key ?? Value("name")
            ?? throw PythonErrors.DefinitionNotUsable(file, "task", "it has neither task_id nor name");
        var task = new ReportTask
        {
            Id = id,
            Name = Value("name") ?? id,
            Description = Value("description"),
            Query = Value("query"),
            TimeZone = zone,
            To = Addresses(source["email_recipients"]),
            Cc = Addresses(source["email_cc_recipients"]),
            // the tool's subjects are plain text
            Subject = Value("email_subject") is { } subject
                && (subject.Contains("{{", StringComparison.Ordinal) || subject.Contains("{%", StringComparison.Ordinal))
                ? $"{{% raw %}}{subject}{{% endraw %}}"
                : Value("email_subject"),
            // the tool sends nothing for an empty result
            SendWhen = nameof(SendWhen.HasRows),
        };
        if (source["query"] is { } query && query.GetValueKind() != JsonValueKind.String)
        {
            throw PythonErrors.DefinitionNotUsable(file, task.Name,
                $"its query is {query.GetValueKind().ToString().ToLowerInvariant()} and not text");
        }

        task.Enabled = source["is_active"] is not { } active || Flag(task, "is_active", active);
        NameUnknown(source);
        PythonSchedule.Apply(task, source, file);
        Files(task, source);
        task.Connection = Connection(task, Value("database_type"), Value("database_url")).Name;
        task.MailServer = task.To.Length + task.Cc.Length > 0 ? mailServer : null;
        task.CreatedAt = PythonSchedule.Instant(source["created_at"], task, file) ?? DateTimeOffset.UnixEpoch;
        task.State = new ReportTaskState
        {
            LastRunAt = PythonSchedule.Instant(source["last_run"], task, file),
            RunCount = long.TryParse(Value("run_count"), CultureInfo.InvariantCulture, out var runs) ? runs : 0,
            ErrorCount = long.TryParse(Value("error_count"), CultureInfo.InvariantCulture, out var failures) ? failures : 0,
            LastError = Value("last_error"),
        };
        return task;
    }

    private void Files(ReportTask task, JsonObject source)
    {
        var names = new System.Collections.Specialized.OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        var formats = new List<ReportFormat>();
        foreach (var (format, flag, member) in new[] { (ReportFormat.Excel, "export_excel", "excel_path"),
            (ReportFormat.Pdf, "export_pdf", "pdf_path") })
        {
            if (source[flag] is not { } wanted || !Flag(task, flag, wanted))
            {
                continue;
            }

            formats.Add(format);
            if ($"{source[member]}" is not { Length: > 0 } path)
            {
                continue;
            }

            if (path.Contains('\0', StringComparison.Ordinal))
            {
                throw PythonErrors.DefinitionNotUsable(file, task.Name, $"its {member} has a NUL character");
            }

            var full = Path.GetFullPath(path, Path.GetDirectoryName(file)!);
            var isFolder = Path.GetExtension(full).Length == 0 || path.EndsWith('/') || path.EndsWith('\\');
            var folder = isFolder ? full.TrimEnd(Path.DirectorySeparatorChar) : Path.GetDirectoryName(full)!;
            if (task.Destination is { } other && other != folder)
            {
                warnings.Add($"'{task.Name}' has two folders for its files. All go to '{other}', none to '{folder}'.");
            }

            task.Destination ??= folder;
            if (!isFolder)
            {
                names[format.ToString()] = Path.GetFileNameWithoutExtension(full);
            }
        }

        if (formats.Count == 0)
        {
            warnings.Add(task.To.Length > 0
                ? $"'{task.Name}' has no format: its rows are shown in the mail body."
                : $"'{task.Name}' has neither a format nor a recipient: it makes an Excel file.");
            formats.AddRange(task.To.Length > 0 ? [] : [ReportFormat.Excel]);
        }

        task.Format = [.. formats];
        task.FileName = names.Count > 0 ? names : null;
    }

    /// <summary>One connection per distinct URL, named after its database.</summary>
    private ReportConnection Connection(ReportTask task, string? type, string? url)
    {
        var key = url ?? $"type {type}";
        if (connections.TryGetValue(key, out var known))
        {
            return known;
        }

        var connection = url is null
            ? environment.Connection(type ?? "") ?? throw PythonErrors.DefinitionNotUsable(file, task.Name,
                $"it has no database_url, and the .env file has none for '{type}'")
            : FromUrl(task, url);
        return connections[key] = connection;
    }

    private ReportConnection FromUrl(ReportTask task, string url)
    {
        var parsed = ConnectionDefinition.Parse(task.Name, null, url, path => Path.GetFullPath(path, Path.GetDirectoryName(file)!));
        var provider = DatabaseProviders.Named(parsed.Provider);
        var (server, database) = provider.Describe(provider.Settings(parsed.ConnectionString));
        var wanted = provider.ShortName(server, database);
        var name = Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? wanted : $"{wanted}-{number}")
            .First(name => !connections.Values.Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
        if (parsed.Password is { } password)
        {
            passwords[name] = password;
        }

        return new ReportConnection { Name = name, Provider = parsed.Provider, ConnectionString = parsed.ConnectionString,
            UserName = parsed.UserName };
    }

    private static string[] Addresses(JsonNode? value) => value switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => $"{item}".Trim()).Where(item => item.Length > 0)],
        _ => $"{value}".Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };

    private bool Flag(ReportTask task, string field, JsonNode value) => $"{value}".Trim().ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" or "ON" => true,
        "FALSE" or "0" or "NO" or "OFF" or "" => false,
        _ => throw PythonErrors.DefinitionNotUsable(file, task.Name, $"its {field} is '{value}' and neither true nor false"),
    };

    /// <summary>Says which fields nobody here knows: what they meant is lost.</summary>
    private void NameUnknown(JsonObject task) =>
        unknown.UnionWith(task.Select(member => member.Key).Where(field => !Fields.Contains(field)));
}
