using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReportScheduler.Definitions;

/// <summary>Says in words what becomes another one in a definition.</summary>
internal static class ChangeText
{
    private const int Longest = 60;

    /// <param name="before">The definition as <see cref="DefinitionJson"/> writes it.</param>
    /// <param name="after">The changed one.</param>
    public static string Of(JsonObject before, JsonObject after)
    {
        var changes = before.Select(member => member.Key).Union(after.Select(member => member.Key))
            .Where(name => !JsonNode.DeepEquals(before[name], after[name]))
            .Select(name => $"{name} from {Shown(before[name])} to {Shown(after[name])}")
            .ToList();
        return changes.Count == 0 ? "nothing becomes another" : string.Join(", ", changes);
    }

    private static string Shown(JsonNode? value)
    {
        if (value is null)
        {
            return "the default";
        }

        var text = value.GetValueKind() == JsonValueKind.String ? $"'{value}'" : value.ToJsonString();
        return text.Length <= Longest ? text : text[..(Longest - 3)] + "...";
    }
}
