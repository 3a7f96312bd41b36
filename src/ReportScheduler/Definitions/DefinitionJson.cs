using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using ReportScheduler.Definitions.Python;
using ReportScheduler.Text;

namespace ReportScheduler.Definitions;

/// <summary>Connections, mail servers and tasks as JSON objects: the members that
/// are not at their default, in the order of the class.</summary>
internal static class DefinitionJson
{
    public static JsonObject Write<T>(T model)
        where T : new() => Write(model!, typeof(T));

    private static JsonObject Write(object model, Type type)
    {
        var defaults = Activator.CreateInstance(type);
        var json = new JsonObject();
        foreach (var member in Members(type))
        {
            var value = Write(member, model);
            // a chart without its kind would not read as one
            if (member.PropertyType == typeof(ChartKind) || !JsonNode.DeepEquals(value, Write(member, defaults)))
            {
                json[Camel(member.Name)] = value;
            }
        }

        return json;
    }

    private static JsonNode? Write(PropertyInfo member, object? model) => member.GetValue(model) switch
    {
        Array parts when IsPart(member.PropertyType) =>
            new JsonArray([.. parts.Cast<object>().Select(part => Write(part, member.PropertyType.GetElementType()!))]),
        ReportPivot pivot => Write(pivot),
        var value => DefinitionValue.Write(value, member.PropertyType),
    };

    /// <exception cref="ReportException">A member is unknown, or its value does not fit.</exception>
    public static T Read<T>(JsonObject json, string file)
        where T : new()
    {
        try
        {
            return (T)ReadPart(json, typeof(T), part: null);
        }
        catch (FormatException problem)
        {
            throw PythonErrors.DefinitionNotUsable(file, $"{json["name"]}", problem.Message);
        }
    }

    /// <param name="json">The object.</param>
    /// <param name="type">What it is read as.</param>
    /// <param name="part">What it is called as a part of a definition; null for a definition.</param>
    /// <exception cref="FormatException">A member is unknown, or its value does not fit.</exception>
    private static object ReadPart(JsonObject json, Type type, string? part)
    {
        var model = Activator.CreateInstance(type)!;
        var members = Members(type).ToDictionary(member => member.Name, StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in json)
        {
            if (!seen.Add(key))
            {
                throw new FormatException($"{part ?? "it"} has the member '{key}' twice, in capitals and small letters");
            }

            if (!members.TryGetValue(key, out var member))
            {
                throw new FormatException($"{part ?? "it"} has the member '{key}', which {type.Name} does not "
                    + $"have.{NearMiss.Hint(key, members.Keys.Select(Camel))}");
            }

            try
            {
                member.SetValue(model, Read(value, member));
            }
            catch (Exception problem) when (problem is FormatException or InvalidCastException or OverflowException or ReportException)
            {
                throw new FormatException($"{(part is null ? $"its member '{key}'" : $"the member '{key}' of {part}")} cannot be read: "
                    + problem.Message.TrimEnd('.'), problem);
            }
        }

        return model;
    }

    /// <summary>The names of the members in which two differ.</summary>
    public static IReadOnlyList<string> Differences<T>(T left, T right)
        where T : new()
    {
        var (before, after) = (Write(left), Write(right));
        return [.. Members(typeof(T)).Select(member => Camel(member.Name)).Where(name => !JsonNode.DeepEquals(before[name], after[name]))];
    }

    /// <summary>Whether a member holds parts of a definition, which are objects of their own.</summary>
    private static bool IsPart(Type type) =>
        type == typeof(ReportDataset[]) || type == typeof(ReportColumn[]) || type == typeof(ReportChart[]);

    private static object? Read(JsonNode? value, PropertyInfo member) =>
        member.PropertyType == typeof(ReportPivot) && value is JsonObject pivot ? ReadPart(pivot, typeof(ReportPivot), "the pivot")
        : IsPart(member.PropertyType) ? Parts(value, member.PropertyType.GetElementType()!)
        : value is null && new NullabilityInfoContext().Create(member).WriteState == NullabilityState.NotNull
        ? throw new FormatException("null does not fit")
        : DefinitionValue.Read(value, member.PropertyType);

    private static Array Parts(JsonNode? value, Type type)
    {
        var items = value as JsonArray ?? throw new FormatException("it is not a list");
        var parts = Array.CreateInstance(type, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var part = items[i] as JsonObject ?? throw new FormatException("an entry is not an object");
            parts.SetValue(ReadPart(part, type, Name(type, part, i)), i);
        }

        return parts;
    }

    /// <summary>A part as people call it: a chart has no name, and a dataset need not have one.</summary>
    private static string Name(Type type, JsonObject part, int index)
    {
        var kind = type == typeof(ReportDataset) ? "dataset" : type == typeof(ReportColumn) ? "column" : "chart";
        return $"{part["name"]}" is { Length: > 0 } name
            ? $"the {kind} '{name}'"
            : string.Create(CultureInfo.InvariantCulture, $"{kind} {index + 1}");
    }

    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties().Where(member => member.SetMethod is { IsPublic: true }
            && !(type == typeof(ReportTask) && member.Name == nameof(ReportTask.Query))).OrderBy(member => member.MetadataToken);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
