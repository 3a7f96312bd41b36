using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using LiteDB;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Values whose type a person chose - parameters, options - kept with that type.</summary>
/// <remarks>What BSON has (text, numbers, GUID, bytes, yes/no, null) is itself; all else is a document of type and value,
/// since LiteDB rounds dates to the millisecond and dictionaries there have neither order nor case.</remarks>
internal static class StoreValue
{
    private const string Type = "$type";
    private const string Value = "$value";

    private static readonly Dictionary<string, Type> TextTypes = new[]
    {
        typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(uint), typeof(ulong), typeof(float), typeof(char),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, Type> ItemTypes = TextTypes.Values.Concat(
    [
        typeof(object), typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(Guid),
        typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ]).ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <exception cref="ReportException">ValueCannotBeKept for a type that is not one of those a query takes.</exception>
    public static BsonValue Write(object? value) => value switch
    {
        null or DBNull => BsonValue.Null,
        string text => new BsonValue(text),
        bool or int or long or double or decimal or Guid or byte[] => new BsonValue(value),
        DateTime time => Typed(nameof(DateTime), time.ToString("O", CultureInfo.InvariantCulture)),
        DateTimeOffset time => Typed(nameof(DateTimeOffset), time.ToString("O", CultureInfo.InvariantCulture)),
        DateOnly date => Typed(nameof(DateOnly), date.ToString("O", CultureInfo.InvariantCulture)),
        TimeOnly time => Typed(nameof(TimeOnly), time.ToString("O", CultureInfo.InvariantCulture)),
        TimeSpan span => Typed(nameof(TimeSpan), span.Ticks),
        IDictionary dictionary => Typed(nameof(IDictionary), WriteEntries(dictionary)),
        Array { Rank: 1 } items when ItemTypes.ContainsKey(items.GetType().GetElementType()!.Name) =>
            Typed(items.GetType().GetElementType()!.Name + "[]", new BsonArray(items.Cast<object?>().Select(Write))),
        Enum choice => new BsonValue(choice.ToString()),
        IConvertible number when TextTypes.ContainsKey(value.GetType().Name) =>
            Typed(value.GetType().Name, number.ToString(CultureInfo.InvariantCulture)),
        _ => throw StoreErrors.ValueCannotBeKept(value),
    };

    public static object? Read(BsonValue value)
    {
        if (!value.IsDocument)
            return value.IsNull ? null : value.RawValue;
        var content = value[Value];
        return value[Type].AsString switch
        {
            nameof(DateTime) => DateTime.ParseExact(content.AsString, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            nameof(DateTimeOffset) => DateTimeOffset.ParseExact(content.AsString, "O", CultureInfo.InvariantCulture),
            nameof(DateOnly) => DateOnly.ParseExact(content.AsString, "O", CultureInfo.InvariantCulture),
            nameof(TimeOnly) => TimeOnly.ParseExact(content.AsString, "O", CultureInfo.InvariantCulture),
            nameof(TimeSpan) => new TimeSpan(content.AsInt64),
            nameof(IDictionary) => ReadEntries(content.AsArray),
            var array when array.EndsWith("[]", StringComparison.Ordinal) => ReadItems(array[..^2], content.AsArray),
            var other => Convert.ChangeType(content.AsString, TextTypes[other], CultureInfo.InvariantCulture),
        };
    }

    public static BsonArray WriteEntries(IDictionary dictionary) => new(dictionary.Cast<DictionaryEntry>().Select(entry =>
        new BsonDocument { ["Name"] = (string)entry.Key, ["Value"] = Write(entry.Value) }));

    public static OrderedDictionary ReadEntries(BsonArray entries)
    {
        var dictionary = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
            dictionary.Add(entry["Name"].AsString, Read(entry["Value"]));
        return dictionary;
    }

    private static BsonDocument Typed(string type, BsonValue value) => new() { [Type] = type, [Value] = value };

    private static Array ReadItems(string itemType, BsonArray items)
    {
        var array = Array.CreateInstance(ItemTypes[itemType], items.Count);
        for (var i = 0; i < items.Count; i++)
            array.SetValue(Read(items[i]), i);
        return array;
    }
}
