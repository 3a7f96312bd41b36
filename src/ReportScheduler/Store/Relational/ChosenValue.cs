using System.Collections;
using System.Collections.Specialized;
using System.Text.Json;
using ReportScheduler.Text;

namespace ReportScheduler.Store.Relational;

/// <summary>Values whose type a person chose (parameters, options), kept with that type.</summary>
/// <remarks>What JSON has (text, true, false, null) is itself; all else is an object of type and value.</remarks>
internal static class ChosenValue
{
    private const string Type = "$type";
    private const string Value = "$value";
    private const string Name = "Name";
    private const string Content = "Value";

    /// <exception cref="ReportException">ValueCannotBeKept for a type that is not one of those a query takes.</exception>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null or DBNull:
                writer.WriteNullValue();
                return;
            case string text:
                writer.WriteStringValue(text);
                return;
            case bool truth:
                writer.WriteBooleanValue(truth);
                return;
            case Enum choice:
                writer.WriteStringValue(choice.ToString());
                return;
        }

        writer.WriteStartObject();
        if (value is IDictionary dictionary)
        {
            writer.WriteString(Type, nameof(IDictionary));
            writer.WritePropertyName(Value);
            WriteEntries(writer, dictionary);
        }
        else if (value is Array { Rank: 1 } items and not byte[] && ItemType(items.GetType().GetElementType()!.Name) is not null)
        {
            writer.WriteString(Type, items.GetType().GetElementType()!.Name + "[]");
            writer.WriteStartArray(Value);
            foreach (var item in items)
            {
                Write(writer, item);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteString(Type, value is byte[]? "Bytes" : value.GetType().Name);
            writer.WriteString(Value, ValueText.Of(value) ?? throw StoreErrors.ValueCannotBeKept(value));
        }

        writer.WriteEndObject();
    }

    public static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => ReadTyped(element.GetProperty(Type).GetString()!, element.GetProperty(Value)),
    };

    public static void WriteEntries(Utf8JsonWriter writer, IDictionary dictionary)
    {
        writer.WriteStartArray();
        foreach (DictionaryEntry entry in dictionary)
        {
            writer.WriteStartObject();
            writer.WriteString(Name, (string)entry.Key);
            writer.WritePropertyName(Content);
            Write(writer, entry.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static OrderedDictionary ReadEntries(JsonElement entries)
    {
        var dictionary = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries.EnumerateArray())
        {
            dictionary.Add(entry.GetProperty(Name).GetString()!, Read(entry.GetProperty(Content)));
        }

        return dictionary;
    }

    private static Type? ItemType(string name) => name == nameof(Object) ? typeof(object) : ValueText.Types.GetValueOrDefault(name);

    private static object ReadTyped(string type, JsonElement value) => type switch
    {
        nameof(IDictionary) => ReadEntries(value),
        "Bytes" => value.GetBytesFromBase64(),
        _ when type.EndsWith("[]", StringComparison.Ordinal) => ReadItems(ItemType(type[..^2])!, [.. value.EnumerateArray()]),
        _ => ValueText.Parse(value.GetString()!, ValueText.Types[type]),
    };

    private static Array ReadItems(Type type, JsonElement[] items)
    {
        var array = Array.CreateInstance(type, items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            array.SetValue(Read(items[i]), i);
        }

        return array;
    }
}
