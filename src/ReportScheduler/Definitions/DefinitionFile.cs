using System.Collections.Specialized;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReportScheduler.Definitions.Python;
using ReportScheduler.Files;
using ReportScheduler.Sources;

namespace ReportScheduler.Definitions;

/// <summary>The module's own file of definitions: JSON in a stable order, for
/// version control. Passwords are in it as references only.</summary>
/// <remarks>In a folder the file is <c>reports.json</c>, and each query is a
/// <c>.sql</c> file beside it, each script a <c>.ps1</c> file.</remarks>
internal static class DefinitionFile
{
    public const string FileName = "reports.json";
    private const string Format = "ReportScheduler";
    private const string SqlFile = "file";
    private const long LongestQuery = 16 * 1024 * 1024;
    private const string Query = "query";
    private const string Script = "script";
    private const string Datasets = "datasets";

    private static readonly string[] OneDataset = [nameof(ReportDataset.Query), nameof(ReportDataset.Script),
        nameof(ReportDataset.RequiredModule), nameof(ReportDataset.GroupBy), nameof(ReportDataset.PageBreakPerGroup),
        nameof(ReportDataset.SheetPerGroup), nameof(ReportDataset.Pivot), nameof(ReportDataset.NativePivot), nameof(ReportDataset.Columns),
        nameof(ReportDataset.Charts), nameof(ReportDataset.TableName)];

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a JSON document is one of these.</summary>
    public static bool IsMeant(JsonNode? json) => json is JsonObject document && $"{document["format"]}" == Format;

    /// <summary>The reference that stands for a password which the store keeps itself.</summary>
    public static string ReferenceFor(string name) => $"env:REPORT_{Upper(name)}_PASSWORD";

    /// <summary>The reference that stands for the secret of an identity which the store keeps itself.</summary>
    public static string SecretReferenceFor(string name) => $"env:REPORT_{Upper(name)}_SECRET";

    /// <summary>Writes one file, or <c>reports.json</c> and the <c>.sql</c> files in a folder.</summary>
    /// <returns>The full paths.</returns>
    public static IReadOnlyList<string> Write(ReportDefinitions definitions, string path, bool isFolder)
    {
        var files = new List<(string Path, string Text)>();
        var json = new JsonObject
        {
            ["format"] = Format,
            ["version"] = 1,
            ["connections"] = new JsonArray([.. definitions.Connections.Select(WriteConnection)]),
            ["identities"] = new JsonArray([.. definitions.Identities.Select(WriteIdentity)]),
            ["themes"] = new JsonArray([.. definitions.Themes.Select(DefinitionJson.Write)]),
            ["mailServers"] = new JsonArray([.. definitions.MailServers.Select(WriteMailServer)]),
            ["tasks"] = new JsonArray([.. definitions.Tasks.Select(
                task => WriteTask(task, isFolder ? (name, sql) => files.Add((Path.Combine(path, name), sql)) : null))]),
        };
        if (definitions.Identities.Count == 0)
        {
            json.Remove("identities");
        }

        if (definitions.Themes.Count == 0)
        {
            json.Remove("themes");
        }

        files.Insert(0, (isFolder ? Path.Combine(path, FileName) : path, json.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n"));
        try
        {
            Directory.CreateDirectory(isFolder ? path : Path.GetDirectoryName(path)!);
            foreach (var (file, text) in files)
            {
                File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw DefinitionErrors.DefinitionNotWritten(path, problem);
        }

        return [.. files.Select(file => file.Path)];
    }

    /// <exception cref="ReportException">A member is unknown, a value does not fit, or a query file is not there.</exception>
    public static ReportDefinitions Read(JsonNode json, string path)
    {
        var version = json["version"] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
        if (version != 1)
        {
            throw PythonErrors.DefinitionNotUsable(path, Format, $"it has version {version}, and this module reads version 1");
        }

        var passwords = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return new ReportDefinitions
        {
            Connections = [.. Items(json, "connections", path).Select(item => ReadConnection(item, path, passwords))],
            MailServers = [.. Items(json, "mailServers", path).Select(item => DefinitionJson.Read<ReportMailServer>(item, path))],
            Identities = [.. Items(json, "identities", path).Select(item => DefinitionJson.Read<ReportIdentity>(item, path))],
            Themes = [.. Items(json, "themes", path).Select(item => DefinitionJson.Read<ReportTheme>(item, path))],
            Tasks = [.. Items(json, "tasks", path).Select(item => ReadTask(item, path))],
            Passwords = passwords,
        };
    }

    private static JsonObject WriteConnection(ReportConnection connection)
    {
        var json = DefinitionJson.Write(connection);
        if (connection.ProtectedPassword is not null)
        {
            json["passwordReference"] = ReferenceFor(connection.Name);
        }

        return json;
    }

    private static JsonObject WriteMailServer(ReportMailServer server)
    {
        var json = DefinitionJson.Write(server);
        if (server.ProtectedPassword is not null)
        {
            json["passwordReference"] = ReferenceFor(server.Name);
        }

        return json;
    }

    private static JsonObject WriteIdentity(ReportIdentity identity)
    {
        var json = DefinitionJson.Write(identity);
        json["kind"] = identity.Kind.ToString();
        if (identity.ProtectedSecret is not null)
        {
            json["secretReference"] = SecretReferenceFor(identity.Name);
        }

        return json;
    }

    private static JsonObject WriteTask(ReportTask task, Action<string, string>? addFile)
    {
        var json = DefinitionJson.Write(task);
        foreach (var (dataset, item) in task.Datasets.Zip((json[Datasets] as JsonArray)?.OfType<JsonObject>() ?? []))
        {
            if (addFile is not null)
            {
                var (member, text, extension) = dataset.Script is null ? (Query, dataset.Query, ".sql") : (Script, dataset.Script, ".ps1");
                var file = SafeName.Of(dataset.Name.Length == 0 ? task.Name : $"{task.Name}.{dataset.Name}") + extension;
                addFile(file, text);
                item[member] = new JsonObject { [SqlFile] = file };
            }
        }

        return task.Datasets is [{ Name.Length: 0 }] ? WithOneDataset(json) : json;
    }

    /// <summary>A task with one dataset has the members of that one beside its own.</summary>
    private static JsonObject WithOneDataset(JsonObject json)
    {
        var flat = new JsonObject();
        foreach (var (key, value) in json)
        {
            if (key != Datasets)
            {
                flat[key] = value?.DeepClone();
                continue;
            }

            foreach (var (member, own) in value!.AsArray()[0]!.AsObject())
            {
                flat[member] = own?.DeepClone();
            }
        }

        return flat;
    }

    private static ReportConnection ReadConnection(JsonObject json, string path, Dictionary<string, string> passwords)
    {
        var connection = DefinitionJson.Read<ReportConnection>(json, path);
        var parsed = ConnectionDefinition.Parse(
            connection.Name, connection.Provider, connection.ConnectionString,
            file => Path.GetFullPath(file, Path.GetDirectoryName(path)!));
        (connection.Provider, connection.ConnectionString,
            connection.UserName) = (parsed.Provider, parsed.ConnectionString, connection.UserName ?? parsed.UserName);
        if (parsed.Password is { } password)
        {
            passwords[connection.Name] = password;
        }

        return connection;
    }

    private static ReportTask ReadTask(JsonObject json, string path)
    {
        json = json.DeepClone().AsObject();
        // the first versions had a dictionary of name and SQL text
        var named = json[Datasets] as JsonObject;
        json.Remove(named is null ? "" : Datasets);
        var old = Taken(json, path, FlatDefinition.Members.Where(member => member != nameof(ReportTask.Query)
            && (member != nameof(ReportDataset.TableName) || json["tableName"] is JsonObject)));
        var one = Taken(json, path, OneDataset);
        var task = DefinitionJson.Read<ReportTask>(Inlined(json, path), path);
        if (named is not null || old.Count > 0)
        {
            ReadFlat(task, named, one, old, path);
        }
        else if (one.Count > 0)
        {
            task.Datasets = [DefinitionJson.Read<ReportDataset>(Inlined(one, path), path)];
        }

        return task;
    }

    private static void ReadFlat(ReportTask task, JsonObject? named, JsonObject one, JsonObject old, string path)
    {
        try
        {
            FlatDefinition.Apply(task, named is null ? null : Texts(named, task.Name, path),
                member => member == nameof(ReportTask.Query)
                    ? Sql(one[Query], task.Name, path)
                    : (old[Camel(member)] ?? one[Camel(member)]) is { } value
                    ? DefinitionValue.Read(value, TypeOf(member, value))
                    : null);
        }
        catch (Exception problem) when (problem is FormatException or InvalidCastException or OverflowException)
        {
            throw PythonErrors.DefinitionNotUsable(path, task.Name, $"the options of its columns cannot be read: {problem.Message}");
        }
    }

    private static OrderedDictionary Texts(JsonObject named, string owner, string path)
    {
        var texts = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (dataset, sql) in named)
        {
            texts[dataset] = Sql(sql, owner, path);
        }

        return texts;
    }

    private static Type TypeOf(string member, JsonNode value) => value switch
    {
        JsonObject => typeof(OrderedDictionary),
        JsonArray => typeof(string[]),
        _ => member == "Chart" ? typeof(ChartKind) : typeof(string),
    };

    private static string Upper(string name) =>
        string.Concat(name.ToUpperInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>Takes members out of an object.</summary>
    private static JsonObject Taken(JsonObject json, string path, IEnumerable<string> members)
    {
        var taken = new JsonObject();
        foreach (var member in members.Select(Camel))
        {
            var keys = json.Select(entry => entry.Key).Where(key => key.Equals(member, StringComparison.OrdinalIgnoreCase)).ToList();
            if (keys.Count > 1)
            {
                throw PythonErrors.DefinitionNotUsable(path, $"{json["name"]}",
                    $"it has the member '{member}' twice, in capitals and small letters");
            }

            if (keys is [var only])
            {
                taken[member] = json[only]?.DeepClone();
                json.Remove(only);
            }
        }

        return taken;
    }

    /// <summary>The object, and the datasets in it, with the text of each file that stands for a query.</summary>
    private static JsonObject Inlined(JsonObject json, string path)
    {
        foreach (var owner in (json[Datasets] as JsonArray ?? []).OfType<JsonObject>().Prepend(json))
        {
            foreach (var member in new[] { Query, Script }.Where(member => owner[member] is JsonObject))
            {
                owner[member] = Sql(owner[member], $"{json["name"]}", path);
            }
        }

        return json;
    }

    private static string? Sql(JsonNode? value, string owner, string path) => value switch
    {
        null => null,
        JsonObject file => ReadSql(file, owner, path),
        JsonValue text when text.TryGetValue<string>(out var sql) => sql,
        _ => throw new FormatException("a query is not text"),
    };

    /// <summary>The query of a file that lies in the folder of the definitions, or below it: whoever
    /// wrote them may not have any other file of this computer read.</summary>
    private static string ReadSql(JsonObject reference, string owner, string path)
    {
        var folder = Path.GetFullPath(Path.GetDirectoryName(path)!);
        var given = $"{reference[SqlFile]}";
        ReportException No(string reason) =>
            PythonErrors.DefinitionNotUsable(path, owner, $"its query is the file '{given}', which {reason}");
        if (given.Length == 0 || given.Contains('\0', StringComparison.Ordinal))
        {
            throw No("is not the name of one");
        }

        var file = Path.GetFullPath(given, folder);
        if (Path.IsPathRooted(given) || Path.GetRelativePath(folder, file) is var within && (within == ".."
            || within.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(within)))
        {
            throw No("is not in the folder of this file");
        }

        for (var part = file; part.Length > folder.Length; part = Path.GetDirectoryName(part)!)
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                throw No("is a link or lies behind one");
            }
        }

        if (!System.IO.File.Exists(file))
        {
            throw SourceErrors.FileNotFound(file, "query");
        }

        if (new FileInfo(file).Length > LongestQuery)
        {
            throw No($"has more than {LongestQuery / 1024 / 1024} MB");
        }

        try
        {
            return System.IO.File.ReadAllText(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw DefinitionErrors.DefinitionFileNotReadable(file, problem.Message, problem);
        }
    }

    private static IEnumerable<JsonObject> Items(JsonNode json, string member, string path) => json[member] switch
    {
        null => [],
        JsonArray items =>
            items.Select(item => item as JsonObject ?? throw PythonErrors.DefinitionNotUsable(path, member, "an entry is not an object")),
        _ => throw PythonErrors.DefinitionNotUsable(path, member, "it is not a list"),
    };
}
