using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json.Nodes;
using ReportScheduler.Exports;
using ReportScheduler.Templates;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler.Definitions;

/// <summary>Values of members and parameters as JSON that people can read, and back exactly.</summary>
/// <remarks>
/// JSON's own are text, true and false, whole numbers of 32 bits, and numbers with a point or exponent (double). A value of any
/// other type in an untyped place is an object such as <c>{ "decimal": "12.50" }</c>.
/// </remarks>
internal static class DefinitionValue
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(long)] = "long",
        [typeof(decimal)] = "decimal",
        [typeof(DateTime)] = "dateTime",
        [typeof(DateTimeOffset)] = "instant",
        [typeof(DateOnly)] = "date",
        [typeof(TimeOnly)] = "time",
        [typeof(TimeSpan)] = "duration",
        [typeof(Guid)] = "guid",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(char)] = "char",
        [typeof(byte[])] = "bytes",
        [typeof(OrderedDictionary)] = "entries",
    };

    /// <param name="value">The value; null is JSON null.</param>
    /// <param name="type">The type of the place it stands in.</param>
    public static JsonNode? Write(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => null,
            string text => text,
            bool flag => flag,
            int number => number,
            double number when double.IsFinite(number) => JsonNode.Parse(Point(number.ToString("R", CultureInfo.InvariantCulture))),
            ReportFormat format => ExportFormats.Of(format).Name,
            Enum choice => choice.ToString(),
            OrderedDictionary entries when type == typeof(OrderedDictionary) => WriteEntries(entries),
            HighlightRule rule => rule.Text,
            Array items and not byte[] =>
                new JsonArray([.. items.Cast<object?>().Select(item => Write(item, items.GetType().GetElementType()!))]),
            _ when type != typeof(object) => Text(value),
            OrderedDictionary entries => new JsonObject { [Names[typeof(OrderedDictionary)]] = WriteEntries(entries) },
            double number => new JsonObject { ["double"] = number.ToString(CultureInfo.InvariantCulture) },
            _ => new JsonObject { [Names[value.GetType()]] = Text(value) },
        };
    }

    /// <exception cref="FormatException">The JSON does not fit the place.</exception>
    public static object? Read(JsonNode? node, Type type)
    {
        if (node is null)
        {
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? throw new FormatException("null does not fit") : null;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return node switch
        {
            JsonObject entries when type == typeof(OrderedDictionary) => ReadEntries(entries),
            JsonObject { Count: 1 } typed when type == typeof(object) => ReadTyped(typed.Single()),
            JsonArray items when type == typeof(ColumnTotal) => Parse(string.Join(", ", items.Select(item => $"{item}")), type),
            JsonArray items when type.IsArray || type == typeof(object) =>
                ReadItems(items, type.IsArray ? type.GetElementType()! : typeof(object)),
            JsonValue value => ReadPlain(value, type),
            _ => throw new FormatException("it is not what belongs there"),
        };
    }

    private static JsonObject WriteEntries(OrderedDictionary entries) =>
        new(entries.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, Write(entry.Value, typeof(object)))));

    private static OrderedDictionary ReadEntries(JsonObject entries)
    {
        var dictionary = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in entries)
        {
            dictionary[key] = Read(value, typeof(object));
        }

        return dictionary;
    }

    private static object? ReadTyped(KeyValuePair<string, JsonNode?> entry) =>
        entry.Key == "double" ? double.Parse($"{entry.Value}", CultureInfo.InvariantCulture)
        : Names.FirstOrDefault(name => name.Value == entry.Key).Key is { } type ? Read(entry.Value, type)
        : throw new FormatException($"'{entry.Key}' is not a type of value");

    private static Array ReadItems(JsonArray items, Type type)
    {
        var array = Array.CreateInstance(type, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            array.SetValue(
                items[i] is null && type != typeof(object) ? throw new FormatException("null does not fit") : Read(items[i], type), i);
        }

        return array;
    }

    private static object ReadPlain(JsonValue value, Type type) => value.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False when type == typeof(bool) || type == typeof(object) =>
            value.GetValue<bool>(),
        System.Text.Json.JsonValueKind.Number when type == typeof(object) =>
            value.ToJsonString() is var text && text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : int.Parse(text, CultureInfo.InvariantCulture),
        System.Text.Json.JsonValueKind.Number => Parse(value.ToJsonString(), type),
        System.Text.Json.JsonValueKind.String => Parse(value.GetValue<string>(), type),
        _ => throw new FormatException("it is not what belongs there"),
    };

    private static string Point(string number) => number.AsSpan().IndexOfAny('.', 'E') < 0 ? number + ".0" : number;

    private static string Text(object value) => value switch
    {
        TimeSpan span => DurationText.Format(span),
        _ => ValueText.Of(value) ?? Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static object Parse(string text, Type type)
    {
        return type switch
        {
            _ when type == typeof(string) || type == typeof(object) => text,
            _ when type == typeof(ReportFormat) => FileNames.FormatOf(text),
            _ when type == typeof(ColumnTotal) =>
                ColumnShorthand.TotalOf(text) ?? throw new FormatException($"'{text}' is none of {ColumnShorthand.AllowedTotals}"),
            _ when type.IsEnum => Enum.TryParse(type, text, ignoreCase: true, out var choice) && Enum.IsDefined(type, choice)
                ? choice
                : throw new FormatException($"'{text}' is none of {string.Join(", ", Enum.GetNames(type))}"),
            _ when type == typeof(HighlightRule) =>
                HighlightRule.Of(text) is [var rule] ? rule : throw new FormatException($"'{text}' is more than one rule"),
            _ when type == typeof(TimeSpan) => DurationText.Parse(text),
            _ => ValueText.Parse(text, type),
        };
    }
}
