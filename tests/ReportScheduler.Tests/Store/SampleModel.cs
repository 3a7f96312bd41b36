using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Reflection;

namespace ReportScheduler.Tests.Store;

/// <summary>Fills every property that can be written, so that a new one cannot be forgotten, and compares them all.</summary>
internal static class SampleModel
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static T Create<T>(int seed)
        where T : new() => (T)Fill(new T(), seed);

    /// <summary>Every writable property as (path, value); dates in UTC ticks, arrays
    /// and dictionaries item by item with their types.</summary>
    public static IReadOnlyList<string> Describe(object model, params string[] without) =>
        [.. Writable(model.GetType()).Where(property => !without.Contains(property.Name))
            .SelectMany(property => Describe(property.Name, property.GetValue(model)))];

    private static object Fill(object model, int seed)
    {
        foreach (var property in Writable(model.GetType()))
        {
            property.SetValue(model, Value(property.PropertyType, property.Name, seed++));
        }

        return model;
    }

    // a task's query is that of its dataset; what was thrown and what was read before are of this process and are kept by nobody
    private static IEnumerable<PropertyInfo> Writable(Type type) =>
        type.GetProperties(All).Where(property => property.CanWrite && property.PropertyType != type
            && !(type == typeof(ReportTask) && property.Name == nameof(ReportTask.Query))
            && !typeof(Exception).IsAssignableFrom(property.PropertyType)).OrderBy(property => property.Name, StringComparer.Ordinal);

    private static object Value(Type type, string name, int seed)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return $"  {name} {seed} 'ä漢😀' ";
        }

        if (type == typeof(object) || type == typeof(OrderedDictionary))
        {
            return new OrderedDictionary { ["z"] = "last first", ["a"] = seed, ["M"] = null };
        }

        if (type == typeof(HighlightRule))
        {
            return HighlightRule.Of($"greater {seed} red")[0];
        }

        if (type == typeof(DateTimeOffset))
        {
            return new DateTimeOffset(2026, 3, 29, 2, 30, 1, TimeSpan.FromMinutes(330)).AddTicks(1234567 + seed);
        }

        if (type == typeof(TimeSpan))
        {
            return TimeSpan.FromTicks(36_000_000_001 + seed);
        }

        if (type == typeof(bool))
        {
            return true;
        }

        if (type == typeof(char))
        {
            return (char)('a' + seed % 26);
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        }

        if (type.IsArray)
        {
            var items = Array.CreateInstance(type.GetElementType()!, 2);
            items.SetValue(Value(type.GetElementType()!, name, seed), 0);
            items.SetValue(Value(type.GetElementType()!, name, seed + 1), 1);
            return items;
        }

        return type.IsPrimitive
            ? Convert.ChangeType(seed, type, CultureInfo.InvariantCulture)
            : Fill(Activator.CreateInstance(type)!, seed);
    }

    private static IEnumerable<string> Describe(string path, object? value) => value switch
    {
        null => [$"{path} = null"],
        DateTimeOffset at => [$"{path} = {at.UtcTicks}"],
        string or ValueType or HighlightRule => [$"{path} = {value.GetType().Name} {value}"],
        IDictionary entries => entries.Cast<DictionaryEntry>().SelectMany((entry, i) => Describe($"{path}[{i}:{entry.Key}]", entry.Value)),
        Array items => items.Cast<object?>().SelectMany((item, i) => Describe($"{path}[{i}]", item)),
        _ => Writable(value.GetType()).SelectMany(property => Describe($"{path}.{property.Name}", property.GetValue(value))),
    };
}
