using System.Collections.Specialized;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ReportScheduler.Store.Relational;

/// <summary>Records as JSON text and back. Instants and durations are ticks, exact to the last; choices are their names.</summary>
internal static class RecordJson
{
    private static readonly JsonSerializerOptions Options = Create();

    public static string Write<T>(T record) => JsonSerializer.Serialize(record, Options);

    /// <summary>Members that this version does not know are ignored, missing ones keep the default of their property.</summary>
    /// <returns>False for a record that this version cannot read; then <paramref name="problem"/> says why.</returns>
    public static bool TryRead<T>(string json, out T record, out string problem)
        where T : class
    {
        try
        {
            record = JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("It is empty.");
            problem = "";
            return true;
        }
        catch (Exception damaged) when (damaged is JsonException or FormatException or ArgumentException or InvalidOperationException
            or InvalidCastException or NotSupportedException or OverflowException or KeyNotFoundException or NullReferenceException
            or TargetInvocationException)
        {
            record = null!;
            problem = damaged.Message;
            return false;
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepMembers } },
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new InstantJson());
        options.Converters.Add(new DurationJson());
        options.Converters.Add(new HighlightJson());
        options.Converters.Add(new EntriesJson());
        options.Converters.Add(new ChosenValueJson());
        return options;
    }

    // also those that are not public; what a new record has anyway, and is nothing, is not written
    private static void KeepMembers(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.Namespace != nameof(ReportScheduler))
        {
            return;
        }

        var known = type.Properties.Where(property => property is { Get: not null, Set: not null })
            .ToDictionary(property => property.Name, StringComparer.Ordinal);
        var fresh = type.CreateObject?.Invoke();
        type.Properties.Clear();
        foreach (var member in type.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(member => RecordMembers.IsKept(type.Type, member)))
        {
            var property = known.GetValueOrDefault(member.Name) ?? Property(type, member);
            if (fresh is not null && member.GetValue(fresh) is var usual && IsNothing(usual))
            {
                property.ShouldSerialize = (_, value) => !IsSame(value, usual);
            }

            type.Properties.Add(property);
        }
    }

    private static JsonPropertyInfo Property(JsonTypeInfo type, PropertyInfo member)
    {
        var property = type.CreateJsonPropertyInfo(member.PropertyType, member.Name);
        (property.Get, property.Set) = (member.GetValue, member.SetValue);
        return property;
    }

    private static bool IsNothing(object? value) => value is null or false or 0 or 0L or "" or Array { Length: 0 };

    private static bool IsSame(object? value, object? usual) =>
        Equals(value, usual) || (value is Array { Length: 0 } && usual is Array { Length: 0 });

    private sealed class InstantJson : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetInt64(), TimeSpan.Zero);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.UtcTicks);
    }

    private sealed class DurationJson : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Ticks);
    }

    private sealed class HighlightJson : JsonConverter<HighlightRule>
    {
        public override HighlightRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            HighlightRule.Of(reader.GetString())[0];

        public override void Write(Utf8JsonWriter writer, HighlightRule value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }

    // in order, and found without regard to case
    private sealed class EntriesJson : JsonConverter<OrderedDictionary>
    {
        public override OrderedDictionary Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ChosenValue.ReadEntries(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, OrderedDictionary value, JsonSerializerOptions options) =>
            ChosenValue.WriteEntries(writer, value);
    }

    private sealed class ChosenValueJson : JsonConverter<object>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(object);

        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ChosenValue.Read(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => ChosenValue.Write(writer, value);
    }
}
