using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Rows;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources;

/// <summary>The parameters of a task: checked when it is made, worked out when it runs.</summary>
/// <remarks>A text that is a relative date (see <see cref="RelativeDate"/>) is one; <c>text:today</c> is the text "today".</remarks>
internal static partial class ReportParameters
{
    private const string Literal = "text:";

    /// <exception cref="ReportException">A name is not an identifier or comes twice, or a value cannot be bound.</exception>
    public static void Check(IDictionary? parameters)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in parameters ?? new OrderedDictionary())
        {
            var name = $"{entry.Key}";
            if (!Name().IsMatch(name) || !names.Add(Bare(name)))
            {
                throw SourceErrors.ParameterNameNotUsable(name);
            }

            CheckValue(name, entry.Value);
        }
    }

    /// <summary>Compares the parameters given with those that the queries mention.</summary>
    /// <param name="datasets">Names and queries.</param>
    /// <param name="parameters">What the task says; may be null.</param>
    /// <exception cref="ReportException">A query mentions one that is not given, or one is given that no query mentions.</exception>
    /// <param name="mayBeUnused">Something beside the queries may use parameters.</param>
    public static void CheckUse(IReadOnlyList<(string Name, SqlText Text)> datasets, IDictionary? parameters, bool mayBeUnused = false)
    {
        var given = (parameters ?? new OrderedDictionary()).Keys.Cast<object>().Select(key => Bare($"{key}"))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (dataset, text) in datasets)
        {
            CheckNeeded(dataset, text, given);
        }

        if (!mayBeUnused && given.FirstOrDefault(name => !datasets.Any(dataset => dataset.Text.Mentions(name))) is { } unused)
        {
            throw SourceErrors.ParameterUnused(unused);
        }
    }

    /// <exception cref="ReportException">The query mentions a parameter that is not given.</exception>
    public static void CheckNeeded(string dataset, SqlText text, IEnumerable<string> given)
    {
        var needed = text.Needed.ToList();
        if (needed.FirstOrDefault(name => !given.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } missing)
        {
            throw SourceErrors.ParameterMissing(missing, dataset, given.Except(needed, StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>Checks the values that a run is given in place of the task's.</summary>
    /// <exception cref="ReportException">A value cannot be bound, or the task has no parameter of the name.</exception>
    public static void CheckDeclared(ReportTask task, IDictionary? given)
    {
        Check(given);
        var declared = (task.Parameters ?? []).Keys.Cast<object>().Select(key => Bare($"{key}")).ToList();
        if ((given?.Keys ?? Array.Empty<object>()).Cast<object>().Select(key => Bare($"{key}"))
            .FirstOrDefault(name => !declared.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw SourceErrors.ParameterUndeclared(unknown, task.Name, declared);
        }
    }

    /// <summary>Whether two names are of one parameter: case and a sign in front make no difference.</summary>
    public static bool IsSame(object? name, object? other) => Bare($"{name}").Equals(Bare($"{other}"), StringComparison.OrdinalIgnoreCase);

    /// <summary>The values of a task with those of a run in their place.</summary>
    public static OrderedDictionary? Merge(OrderedDictionary? ofTask, OrderedDictionary? ofRun)
    {
        if (ofRun is null)
        {
            return ofTask;
        }

        var merged = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in ofTask ?? [])
        {
            merged[entry.Key] = entry.Value;
        }

        foreach (DictionaryEntry entry in ofRun)
        {
            merged[merged.Keys.Cast<object>().FirstOrDefault(name => IsSame(name, entry.Key)) ?? entry.Key] = entry.Value;
        }

        return merged;
    }

    /// <summary>The values of one run.</summary>
    /// <param name="parameters">What the task says; may be null.</param>
    /// <param name="dueAt">The instant that relative dates count from.</param>
    /// <param name="zone">The zone whose calendar they follow.</param>
    public static IReadOnlyList<ReportParameter> Resolve(OrderedDictionary? parameters, DateTimeOffset dueAt, TimeZoneInfo zone) =>
        [.. (parameters ?? []).Cast<DictionaryEntry>().Select(entry => Resolve(Bare($"{entry.Key}"), entry.Value, dueAt, zone))];

    /// <summary>The values as a history has them; null for none.</summary>
    public static OrderedDictionary? Texts(IReadOnlyList<ReportParameter> parameters)
    {
        var texts = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parameters)
        {
            texts[parameter.Name] = Text(parameter.Value, CultureInfo.InvariantCulture);
        }

        return texts.Count == 0 ? null : texts;
    }

    /// <summary>A value as people read it in a report.</summary>
    public static string Text(object? value, CultureInfo culture) => value switch
    {
        null => "NULL",
        DateOnly date => Equals(culture, CultureInfo.InvariantCulture) ? date.ToString("yyyy-MM-dd", culture) : date.ToString(culture),
        DateTimeOffset time =>
            Equals(culture, CultureInfo.InvariantCulture) ? time.ToString("yyyy-MM-dd HH:mm zzz", culture) : time.ToString("g", culture),
        DateTime time =>
            Equals(culture, CultureInfo.InvariantCulture) ? time.ToString("yyyy-MM-dd HH:mm", culture) : time.ToString("g", culture),
        byte[] bytes => $"{bytes.Length} bytes",
        Array items => string.Join(", ", items.Cast<object?>().Select(item => Text(item, culture))),
        IFormattable other => other.ToString(null, culture),
        _ => value.ToString() ?? "",
    };

    private static ReportParameter Resolve(string name, object? value, DateTimeOffset dueAt, TimeZoneInfo zone) => value switch
    {
        string text when text.StartsWith(Literal, StringComparison.Ordinal) => new(name, text[Literal.Length..]),
        string text when RelativeDate.TryParse(text) is { } date => new(name, date.Resolve(dueAt, zone), IsWallClock: true),
        _ => new(name, value),
    };

    private static void CheckValue(string name, object? value)
    {
        switch (value)
        {
            case string text when !text.StartsWith(Literal, StringComparison.Ordinal):
                RelativeDate.TryParse(text);
                break;
            case null or string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal
                or char or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or System.Guid or byte[]:
                break;
            case Array { Length: > 0, Rank: 1 } items when items.Cast<object?>().All(item => item is not (null or Array)):
                foreach (var item in items)
                {
                    CheckValue(name, item is string text ? Literal + text : item);
                }

                break;
            case Array items:
                throw SourceErrors.ParameterValueNotUsable(name, items);
            default:
                throw SourceErrors.ParameterValueNotUsable(name, value);
        }
    }

    private static string Bare(string name) => name.TrimStart('@', ':', '$');

    [GeneratedRegex(@"^[@:$]?[\p{L}_][\p{L}\p{Mn}\p{Mc}\p{Nd}_]*$")]
    private static partial Regex Name();
}
