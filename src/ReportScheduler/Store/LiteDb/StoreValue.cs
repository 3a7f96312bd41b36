using System.Collections;
using System.Collections.Specialized;
using LiteDB;
using ReportScheduler.Text;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Values whose type a person chose - parameters, options - kept with that type.</summary>
/// <remarks>What BSON has (text, numbers, GUID, bytes, Boolean, null) is itself; all else is a document of type and value,
/// since LiteDB rounds dates to the millisecond and dictionaries there have neither order nor case.</remarks>
internal static class StoreValue
{
    private const string Type = "$type";
    private const string Value = "$value";

    /// <exception cref="ReportException">ValueCannotBeKept for a type that is not one of those a query takes.</exception>
    public static BsonValue Write(object? value) => value switch
    {
        null or DBNull => BsonValue.Null,
        string text => new BsonValue(text),
        bool or int or long or double or decimal or Guid or byte[] => new BsonValue(value),
        TimeSpan span => Typed(nameof(TimeSpan), span.Ticks),
        IDictionary dictionary => Typed(nameof(IDictionary), WriteEntries(dictionary)),
        Array { Rank: 1 } items when ItemType(items.GetType().GetElementType()!.Name) is not null =>
            Typed(items.GetType().GetElementType()!.Name + "[]", new BsonArray(items.Cast<object?>().Select(Write))),
        Enum choice => new BsonValue(choice.ToString()),
        _ => Typed(value.GetType().Name, ValueText.Of(value) ?? throw StoreErrors.ValueCannotBeKept(value)),
    };

    public static object? Read(BsonValue value)
    {
        if (!value.IsDocument)
        {
            return value.IsNull ? null : value.RawValue;
        }

        var content = value[Value];
        return value[Type].AsString switch
        {
            nameof(TimeSpan) => new TimeSpan(content.AsInt64),
            nameof(IDictionary) => ReadEntries(content.AsArray),
            var array when array.EndsWith("[]", StringComparison.Ordinal) => ReadItems(array[..^2], content.AsArray),
            var other => ValueText.Parse(content.AsString, ValueText.Types[other]),
        };
    }

    public static BsonArray WriteEntries(IDictionary dictionary) => new(dictionary.Cast<DictionaryEntry>().Select(entry =>
        new BsonDocument { ["Name"] = (string)entry.Key, ["Value"] = Write(entry.Value) }));

    public static OrderedDictionary ReadEntries(BsonArray entries)
    {
        var dictionary = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            dictionary.Add(entry["Name"].AsString, Read(entry["Value"]));
        }

        return dictionary;
    }

    private static Type? ItemType(string name) => name == nameof(Object) ? typeof(object) : ValueText.Types.GetValueOrDefault(name);

    private static BsonDocument Typed(string type, BsonValue value) => new() { [Type] = type, [Value] = value };

    private static Array ReadItems(string itemType, BsonArray items)
    {
        var array = Array.CreateInstance(ItemType(itemType)!, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            array.SetValue(Read(items[i]), i);
        }

        return array;
    }
}
