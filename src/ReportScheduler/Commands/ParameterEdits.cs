using System.Collections;
using System.Collections.Specialized;
using ReportScheduler.Sources;

namespace ReportScheduler.Commands;

/// <summary>Changes some values of a task's parameters and leaves the others.</summary>
internal static class ParameterEdits
{
    /// <param name="present">The values there are; null for none.</param>
    /// <param name="given">The values to change. Null is the database's NULL where a query mentions the parameter.</param>
    /// <param name="isMentioned">Whether a query of the task as it is now mentions a parameter.</param>
    /// <returns>Null for no parameters.</returns>
    public static OrderedDictionary? Merge(OrderedDictionary? present, OrderedDictionary given, Func<string, bool> isMentioned)
    {
        var merged = ReportParameters.Merge(present, given) ?? [];
        foreach (var name in merged.Keys.Cast<string>().ToList())
        {
            var isGiven = given.Cast<DictionaryEntry>().Any(entry => ReportParameters.IsSame(entry.Key, name) && entry.Value is not null);
            if (!isGiven && !isMentioned(name.TrimStart('@', ':', '$')))
            {
                merged.Remove(name);
            }
        }

        return merged.Count == 0 ? null : merged;
    }
}
