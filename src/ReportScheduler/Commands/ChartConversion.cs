using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ReportScheduler.Definitions;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>A chart from a dictionary or an object that has its properties.</summary>
internal static class ChartConversion
{
    private static readonly string[] Members = [.. typeof(ReportChart).GetProperties().Select(property => property.Name)];

    /// <exception cref="ReportException">NotAChart; the values do not go together.</exception>
    public static ReportChart Of(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        var chart = new ReportChart();
        var hasKind = false;
        foreach (var (name, value) in entries)
        {
            hasKind |= name.Equals(nameof(ReportChart.Kind), StringComparison.OrdinalIgnoreCase);
            Set(chart, name, NotGiven.Unwrapped(value));
        }

        if (!hasKind)
        {
            throw CommandErrors.NotAChart(string.Join(", ", chart.Y.Prepend(chart.X).OfType<string>()), "it has no Kind");
        }

        ChartRules.Check(chart);
        return chart;
    }

    /// <returns>Null for a word that is no kind of chart.</returns>
    public static ChartKind? Kind(string word) =>
        Enum.TryParse<ChartKind>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(word[0]) ? kind : null;

    private static void Set(ReportChart chart, string name, object? value)
    {
        switch (name.ToUpperInvariant())
        {
            case "KIND":
                chart.Kind = Kind($"{value}") ?? throw CommandErrors.NotAChart($"{value}");
                break;
            case "X":
                chart.X = Text(value);
                break;
            case "Y":
                chart.Y = Items(value);
                break;
            case "TITLE":
                chart.Title = Text(value);
                break;
            case "SERIESBY":
                chart.SeriesBy = Text(value);
                break;
            case "SECONDAXIS":
                chart.SecondAxis = Items(value);
                break;
            case "BY":
                chart.By = Text(value) is { } period ? Value<ChartPeriod>(name, period) : null;
                break;
            case "TARGET":
                chart.Target = Text(value) is null ? null : Value<double>(name, value);
                break;
            case "VALUELABELS":
                chart.ValueLabels = Text(value) is not null && Value<bool>(name, value is string text ? text.ToUpperInvariant() switch
                {
                    "FALSE" or "0" => false,
                    "TRUE" or "1" => true,
                    _ => text,
                } : value);
                break;
            default:
                throw CommandErrors.NotAChart(name,
                    $"it has '{name}', which no chart has.{NearMiss.Hint(name, Members)} A chart has {EnglishText.List(Members)}");
        }
    }

    private static T Value<T>(string name, object? value) =>
        !(typeof(T) == typeof(bool) && value is string)
            && LanguagePrimitives.TryConvertTo<T>(value, CultureInfo.InvariantCulture, out var known)
            && (!typeof(T).IsEnum || (Enum.IsDefined(typeof(T), known!) && !char.IsAsciiDigit($"{value}"[0])))
            ? known
            : throw CommandErrors.NotAChart($"{value}", $"its {name} is '{value}', which is not {Words(typeof(T))}");

    private static string Words(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : type == typeof(bool) ? "true or false" : "a number";

    private static string? Text(object? value) => value is not null && $"{value}" is { Length: > 0 } text ? text : null;

    private static string[] Items(object? value) => value switch
    {
        null => [],
        string text => text.Length == 0 ? [] : [text],
        IEnumerable several => [.. several.Cast<object?>().Select(item => $"{item}")],
        var one => [$"{one}"],
    };
}
