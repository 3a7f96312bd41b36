using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;

namespace ReportScheduler.Store.PostgreSql;

/// <summary>Values whose type a person chose (parameters, options), kept with that type.</summary>
/// <remarks>What JSON has (text, true, false, null) is itself; all else is an object of type and value.</remarks>
internal static class ChosenValue
{
    private const string Type = "$type";
    private const string Value = "$value";
    private const string Name = "Name";
    private const string Content = "Value";

    private static readonly Dictionary<string, Type> ItemTypes = new[]
    {
        typeof(object), typeof(string), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(char), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

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
        else if (value is Array { Rank: 1 } items and not byte[] && ItemTypes.ContainsKey(items.GetType().GetElementType()!.Name))
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
            writer.WriteString(Value, Text(value));
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

    private static string Text(object value) => value switch
    {
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        TimeSpan span => span.Ticks.ToString(CultureInfo.InvariantCulture),
        float or double => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        char or Guid => value.ToString()!,
        IFormattable number when ItemTypes.ContainsKey(value.GetType().Name) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw StoreErrors.ValueCannotBeKept(value),
    };

    private static object ReadTyped(string type, JsonElement value) => type switch
    {
        nameof(IDictionary) => ReadEntries(value),
        "Bytes" => value.GetBytesFromBase64(),
        nameof(DateTime) => DateTime.ParseExact(value.GetString()!, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        nameof(DateTimeOffset) => DateTimeOffset.ParseExact(value.GetString()!, "O", CultureInfo.InvariantCulture),
        nameof(DateOnly) => DateOnly.ParseExact(value.GetString()!, "O", CultureInfo.InvariantCulture),
        nameof(TimeOnly) => TimeOnly.ParseExact(value.GetString()!, "O", CultureInfo.InvariantCulture),
        nameof(TimeSpan) => new TimeSpan(long.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
        nameof(Guid) => Guid.Parse(value.GetString()!),
        _ when type.EndsWith("[]", StringComparison.Ordinal) => ReadItems(ItemTypes[type[..^2]], [.. value.EnumerateArray()]),
        _ => Convert.ChangeType(value.GetString()!, ItemTypes[type], CultureInfo.InvariantCulture),
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
