using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReportScheduler.Definitions;

/// <summary>Says in words what becomes another one in a definition.</summary>
internal static class ChangeText
{
    private const int Longest = 60;

    private static readonly string[] Schedules = [nameof(ReportTask.Cron), nameof(ReportTask.Every), nameof(ReportTask.At),
        nameof(ReportTask.StartAt), nameof(ReportTask.EndAt)];

    /// <param name="before">The definition as <see cref="DefinitionJson"/> writes it.</param>
    /// <param name="after">The changed one.</param>
    /// <param name="hasNewPassword">Whether the password becomes another, which is never shown.</param>
    public static string Of(JsonObject before, JsonObject after, bool hasNewPassword = false)
    {
        var changes = Between("", before, after).ToList();
        if (hasNewPassword)
        {
            changes.Add("the password");
        }

        return changes.Count == 0 ? "nothing becomes another" : string.Join(", ", changes);
    }

    private static IEnumerable<string> Between(string path, JsonObject before, JsonObject after) =>
        before.Select(member => member.Key).Union(after.Select(member => member.Key))
            .Where(name => !JsonNode.DeepEquals(before[name], after[name]))
            .SelectMany(name => (before[name], after[name]) is (JsonArray old, JsonArray wanted) && IsOfParts(old) && IsOfParts(wanted)
                ? Parts(path + name, old, wanted)
                : [$"{path}{name} from {Shown(name, before[name])} to {Shown(name, after[name])}"]);

    /// <summary>Datasets, columns and charts are compared one by one: by name, or by place where they have none.</summary>
    private static IEnumerable<string> Parts(string path, JsonArray before, JsonArray after)
    {
        var (old, wanted) = (Named(before), Named(after));
        return old.Keys.Union(wanted.Keys).SelectMany(name => (old.GetValueOrDefault(name), wanted.GetValueOrDefault(name)) switch
        {
            (null, _) => [$"{path}[{name}] is added"],
            (_, null) => [$"{path}[{name}] is removed"],
            var (left, right) => Between($"{path}[{name}].", left, right),
        });
    }

    private static Dictionary<string, JsonObject> Named(JsonArray parts) => parts.Cast<JsonObject>().Select((part, place) => (part, place))
        .GroupBy(each => $"{each.part["name"] ?? each.place + 1}", StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.First().part, StringComparer.OrdinalIgnoreCase);

    private static bool IsOfParts(JsonArray list) => list.Count > 0 && list.All(item => item is JsonObject);

    private static string Shown(string name, JsonNode? value)
    {
        if (value is null)
        {
            // a task has one kind of schedule, and of the others nothing
            return Schedules.Contains(name, StringComparer.OrdinalIgnoreCase) ? "nothing" : "the default";
        }

        var text = value.GetValueKind() == JsonValueKind.String ? $"'{value}'" : value.ToJsonString();
        return text.Length <= Longest ? text : text[..(Longest - 3)] + "...";
    }
}
