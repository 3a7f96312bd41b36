using System.Collections;
using System.Data;
using System.Management.Automation;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReportScheduler.Rows;

namespace ReportScheduler.Commands.Scripts;

/// <summary>Makes rows of the objects of a pipeline, on the pipeline's own thread: a property that is a script needs it.</summary>
/// <param name="warn">Gets what a reader should know; null to drop it.</param>
/// <param name="properties">The only properties that are read; null for all that an object has.</param>
internal sealed class ObjectShaper(Action<string>? warn, IReadOnlyList<string>? properties = null)
{
    private const int Deepest = 4;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ObjectShape Scalar = new([ObjectColumns.Value]);

    private readonly HashSet<string> told = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> unseen = new(properties ?? [], StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<string>? wanted = properties?.Any(WildcardPattern.ContainsWildcardCharacters) == true ? null : properties;
    private ObjectShape shape = Scalar;

    /// <summary>Whether an object is what Format-Table and the like make for a screen.</summary>
    public static bool IsFormat(PSObject given) =>
        given.BaseObject.GetType().FullName?.StartsWith("Microsoft.PowerShell.Commands.Internal.Format.", StringComparison.Ordinal) == true;

    /// <summary>The objects that are rows: those of a table of .NET, which some commands give in one piece, and the others
    /// themselves.</summary>
    public static IEnumerable<PSObject> Items(PSObject given) => given.BaseObject is DataTable table
        ? table.Rows.Cast<DataRow>().Select(PSObject.AsPSObject)
        : [given];

    /// <summary>The properties, and patterns of them, that were asked for and that no object had.</summary>
    public IReadOnlyCollection<string> Unseen => unseen;

    public ObjectRow Row(PSObject given)
    {
        if (properties is not null && (wanted is null || unseen.Count > 0))
        {
            var there = Names(given);
            wanted ??= Matching(there);
            unseen.ExceptWith(there);
            unseen.RemoveWhere(name => WildcardPattern.ContainsWildcardCharacters(name)
                && there.Any(new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch));
        }

        var (names, values) = given.BaseObject switch
        {
            var plain when properties is null && Plain(plain) is { } value => (Scalar.Names, [value]),
            DataRow row => Table(row),
            IDictionary table => Entries(Pairs(table)),
            IDictionary<string, object> table => Entries(table.Select(entry => (entry.Key, (object?)entry.Value))),
            // what a list says of itself, such as its length, is not what it holds
            IList list when properties is null && Json(list, Deepest) is { } json =>
                (Scalar.Names, [new ObjectJson(json.ToJsonString(Readable))]),
            _ => Properties(given),
        };
        return new ObjectRow(Shape(names), values);
    }

    private static IReadOnlyList<string> Names(PSObject given) => given.BaseObject switch
    {
        DataRow row => [.. row.Table.Columns.Cast<DataColumn>().Select(column => column.ColumnName)],
        IDictionary table => [.. table.Keys.Cast<object>().Select(key => $"{key}")],
        IDictionary<string, object> table => [.. table.Keys],
        _ => [.. given.Properties.Where(property => !IsAdded(given, property)).Select(property => property.Name)],
    };

    /// <summary>The names that are meant, those of a pattern in the order of the object.</summary>
    private List<string> Matching(IReadOnlyList<string> names) =>
    [
        .. properties!.SelectMany(name => WildcardPattern.ContainsWildcardCharacters(name)
                ? names.Where(new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch) : [name])
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    // what a provider adds to each file and registry key is no property of the thing
    private static bool IsAdded(PSObject given, PSPropertyInfo property) =>
        property is PSNoteProperty && given.BaseObject is not PSCustomObject
        && property.Name is "PSPath" or "PSParentPath" or "PSChildName" or "PSDrive" or "PSProvider" or "PSIsContainer";

    private ObjectShape Shape(IReadOnlyList<string> names)
    {
        if (!names.SequenceEqual(shape.Names, StringComparer.Ordinal))
        {
            shape = new ObjectShape(names);
        }

        return shape;
    }

    private (IReadOnlyList<string>, object?[]) Table(DataRow row) =>
        Entries(row.Table.Columns.Cast<DataColumn>().Select(column => (column.ColumnName, (object?)row[column])));

    private (IReadOnlyList<string>, object?[]) Entries(IEnumerable<(string Key, object? Value)> given)
    {
        var entries = properties is null ? [.. given] : Wanted([.. given]);
        return ([.. entries.Select(entry => entry.Key)], [.. entries.Select(entry => Value(entry.Value))]);
    }

    private List<(string Key, object? Value)> Wanted(IReadOnlyList<(string Key, object? Value)> entries) =>
        [.. wanted!.Select(
            name => (name, entries.FirstOrDefault(entry => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value))];

    private (IReadOnlyList<string>, object?[]) Properties(PSObject given)
    {
        if (properties is not null)
        {
            return (wanted!, [.. wanted!.Select(name => given.Properties[name] is { } property ? Read(property) : null)]);
        }

        var (names, values) = (new List<string>(), new List<object?>());
        foreach (var property in given.Properties.Where(property => property.IsGettable && !IsAdded(given, property)))
        {
            names.Add(property.Name);
            values.Add(Read(property));
        }

        // an object that is only its properties is nothing without them
        return names.Count > 0 || given.BaseObject is PSCustomObject ? (names, [.. values]) : (Scalar.Names, [Text(given.BaseObject)]);
    }

    private object? Read(PSPropertyInfo property)
    {
        try
        {
            return Value(property.Value);
        }
        catch (Exception problem) when (problem is GetValueException or RuntimeException)
        {
            // what .NET does not let be read is no news: a process that runs has no exit code
            if (property is PSScriptProperty && told.Add(property.Name))
            {
                warn?.Invoke($"The property '{property.Name}' could not be read from every object, and is empty where it could not: "
                    + $"{problem.GetBaseException().Message}");
            }

            return property is PSScriptProperty ? null : ObjectRow.Unreadable;
        }
    }

    private static object? Value(object? given)
    {
        if (given is null or DBNull)
        {
            return null;
        }

        if (ReferenceEquals(given, System.Management.Automation.Internal.AutomationNull.Value))
        {
            return null;
        }

        var value = Unwrapped(given)!;
        return Plain(value) ?? (Json(value, Deepest) is { } json ? new ObjectJson(json.ToJsonString(Readable)) : Text(value));
    }

    /// <summary>A value that a cell can have; null for an object with parts.</summary>
    private static object? Plain(object value) => value switch
    {
        string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or BigInteger or decimal or double or float
            or DateTime or DateOnly or DateTimeOffset or TimeOnly or TimeSpan or Guid or byte[] => value,
        char or Enum or Uri or Version or Type or ScriptBlock or System.Net.IPAddress => value.ToString(),
        _ => null,
    };

    /// <summary>A value with parts, as far as its parts are its own: what .NET has behind a class is not written.</summary>
    private static JsonNode? Json(object value, int depth) => value switch
    {
        _ when depth == 0 => null,
        IDictionary table => new JsonObject(
            Pairs(table).Select(entry => KeyValuePair.Create(entry.Key, Item(entry.Value, depth))).DistinctBy(entry => entry.Key)),
        PSObject { BaseObject: PSCustomObject } custom =>
            new JsonObject(custom.Properties.Select(property => KeyValuePair.Create(property.Name, Item(property.Value, depth)))),
        IEnumerable list when IsList(list) => new JsonArray([.. list.Cast<object?>().Select(item => Item(item, depth))]),
        _ => null,
    };

    // a list of plain values or of small objects; a collection of things such as threads and modules is its name, as Export-Csv writes it
    private static bool IsList(IEnumerable list) =>
        list is Array or IList && list.Cast<object?>().Take(100).All(
            item => item is null || Unwrapped(item) is var bare && (Plain(bare!) is not null || bare is IDictionary or PSObject or Array));

    private static JsonNode? Item(object? given, int depth)
    {
        if (given is null or DBNull)
        {
            return null;
        }

        var value = Unwrapped(given)!;
        return value switch
        {
            bool flag => JsonValue.Create(flag),
            byte or sbyte or short or ushort or int or uint or long =>
                JsonValue.Create(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
            ulong number => JsonValue.Create(number),
            decimal number => JsonValue.Create(number),
            double number when double.IsFinite(number) => JsonValue.Create(number),
            float number when float.IsFinite(number) => JsonValue.Create(number),
            DateTime time => JsonValue.Create(time),
            DateTimeOffset time => JsonValue.Create(time),
            _ => Json(value, depth - 1) ?? JsonValue.Create(Plain(value) is string text ? text : Text(value)),
        };
    }

    // an object that is only its properties stays wrapped
    private static object? Unwrapped(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static string Text(object value) => LanguagePrimitives.ConvertTo<string>(value);

    private static IEnumerable<(string Key, object? Value)> Pairs(IDictionary table)
    {
        var pairs = new List<(string Key, object? Value)>();
        var entries = table.GetEnumerator();
        while (entries.MoveNext())
        {
            pairs.Add(($"{entries.Key}", entries.Value));
        }

        // a plain hashtable has no order of its own
        return table is Hashtable ? pairs.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase) : pairs;
    }
}
