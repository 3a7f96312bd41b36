using System.Collections;
using System.Management.Automation;
using ReportScheduler.Text;

namespace ReportScheduler.Commands;

/// <summary>A matrix from a dictionary or an object that has its properties.</summary>
internal static class PivotConversion
{
    private static readonly string[] Members = [nameof(ReportPivot.Rows), nameof(ReportPivot.Columns), nameof(ReportPivot.Value),
        nameof(ReportPivot.Function)];

    /// <returns>Null for nothing.</returns>
    /// <exception cref="ReportException">NotAPivot.</exception>
    public static ReportPivot? ToPivot(object? value) => NotGiven.Unwrapped(value) switch
    {
        null => null,
        ReportPivot pivot => pivot,
        IDictionary entries => Of(entries.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create($"{entry.Key}", entry.Value))),
        PSObject { BaseObject: PSCustomObject } given =>
            Of(given.Properties.Select(property => KeyValuePair.Create(property.Name, (object?)property.Value))),
        var given => throw CommandErrors.NotAPivot($"{given}", $"'{given}' says neither rows nor columns"),
    };

    private static ReportPivot Of(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        var pivot = new ReportPivot();
        var hasFunction = false;
        foreach (var (name, value) in entries)
        {
            var several = Items(value);
            switch (name.ToUpperInvariant())
            {
                case "ROWS" or "ROW":
                    pivot.Rows = several;
                    break;
                case "COLUMNS" or "COLUMN":
                    pivot.Columns = One(name, several) ?? "";
                    break;
                case "VALUE" or "VALUES":
                    pivot.Value = One(name, several);
                    break;
                case "FUNCTION":
                    pivot.Function = ColumnShorthand.TotalOf(several.Length == 1 ? TotalConversion.Text(value) : several) is { } total
                        && int.PopCount((int)total) == 1 ? total
                        : throw CommandErrors.NotAPivot($"{value}", $"'{string.Join(", ", several)}' is not a function, which is one of "
                            + $"{EnglishText.List(ColumnShorthand.TotalWords, "or")}");
                    hasFunction = true;
                    break;
                default:
                    throw CommandErrors.NotAPivot(name,
                        $"it has no '{name}'.{NearMiss.Hint(name, Members)} It has {EnglishText.List(Members)}");
            }
        }

        // rows can be counted without a value
        pivot.Function = !hasFunction && pivot.Value is null ? ColumnTotal.Count : pivot.Function;
        return pivot;
    }

    private static string? One(string name, string[] several) => several.Length <= 1 ? several.FirstOrDefault()
        : throw CommandErrors.NotAPivot(name, $"{name} is one column, and there are {several.Length}: {string.Join(", ", several)}");

    private static string[] Items(object? value) => NotGiven.Unwrapped(value) switch
    {
        null => [],
        string text => [text],
        IEnumerable several => [.. several.Cast<object?>().Select(item => $"{item}")],
        var one => [$"{one}"],
    };
}
