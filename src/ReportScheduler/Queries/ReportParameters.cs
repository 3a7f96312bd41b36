using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ReportScheduler.Queries;

/// <summary>The parameters of a task: checked when it is made, worked out when it runs.</summary>
/// <remarks>A text that is a relative date (see <see cref="RelativeDate"/>) is one; <c>text:today</c> is the text "today".</remarks>
internal static partial class ReportParameters
{
    private const string Literal = "text:";

    /// <exception cref="ReportException">A name is not an identifier, or a value cannot be bound.</exception>
    public static void Check(IDictionary? parameters)
    {
        foreach (DictionaryEntry entry in parameters ?? new OrderedDictionary())
        {
            if (!Name().IsMatch($"{entry.Key}"))
            {
                throw ReportError.ParameterNameNotUsable($"{entry.Key}");
            }

            if (entry.Value is string text)
            {
                RelativeDate.TryParse(text);
            }
            else if (entry.Value is not (null or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double
                or decimal or char or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or System.Guid or byte[]))
            {
                throw ReportError.ParameterValueNotUsable($"{entry.Key}", entry.Value);
            }
        }
    }

    /// <summary>The values of one run.</summary>
    /// <param name="parameters">What the task says; may be null.</param>
    /// <param name="dueAt">The instant that relative dates count from.</param>
    /// <param name="zone">The zone whose calendar they follow.</param>
    public static IReadOnlyList<ReportParameter> Resolve(OrderedDictionary? parameters, DateTimeOffset dueAt, TimeZoneInfo zone) =>
        [.. (parameters ?? []).Cast<DictionaryEntry>().Select(entry => new ReportParameter(
            ((string)entry.Key).TrimStart('@', ':'),
            entry.Value switch
            {
                string text when text.StartsWith(Literal, StringComparison.Ordinal) => text[Literal.Length..],
                string text => RelativeDate.TryParse(text)?.Resolve(dueAt, zone) ?? text,
                var value => value,
            }))];

    /// <summary>A value as people read it in a report.</summary>
    public static string Text(object? value, CultureInfo culture) => value switch
    {
        null => "NULL",
        DateOnly date => Equals(culture, CultureInfo.InvariantCulture) ? date.ToString("yyyy-MM-dd", culture) : date.ToString(culture),
        DateTimeOffset time => Equals(culture, CultureInfo.InvariantCulture) ? time.ToString("yyyy-MM-dd HH:mm zzz", culture) : time.ToString("g", culture),
        DateTime time => Equals(culture, CultureInfo.InvariantCulture) ? time.ToString("yyyy-MM-dd HH:mm", culture) : time.ToString("g", culture),
        byte[] bytes => $"{bytes.Length} bytes",
        IFormattable other => other.ToString(null, culture),
        _ => value.ToString() ?? "",
    };

    [GeneratedRegex("^[@:]?[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Name();
}
