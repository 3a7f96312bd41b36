using System.Collections;
using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Parts of a definition from objects that only have their properties, as jobs, remoting and ConvertFrom-Json give them.</summary>
internal static class PartConversion
{
    /// <returns>Null when the object does not say that it is a dataset.</returns>
    public static ReportDataset? ToDataset(object? value) => NotGiven.Unwrapped(value) switch
    {
        ReportDataset dataset => dataset,
        PSObject given when Text(given, nameof(ReportDataset.Query)) is var query
            && (query ?? Text(given, nameof(ReportDataset.Script))) is not null => new ReportDataset
        {
            Name = Text(given, nameof(ReportDataset.Name)) ?? "",
            Connection = Text(given, nameof(ReportDataset.Connection)),
            FurtherConnections = [.. Items(given, nameof(ReportDataset.FurtherConnections)).Select(item => $"{item}")],
            Server = [.. Items(given, nameof(ReportDataset.Server)).Select(item => $"{item}")],
            Query = query ?? "",
            Script = Text(given, nameof(ReportDataset.Script)),
            RequiredModule = [.. Items(given, nameof(ReportDataset.RequiredModule)).Select(item => $"{item}")],
            GroupBy = [.. Items(given, nameof(ReportDataset.GroupBy)).Select(item => $"{item}")],
            PageBreakPerGroup = Text(given, nameof(ReportDataset.PageBreakPerGroup)) is { } breaks && bool.Parse(breaks),
            Pivot = PivotConversion.ToPivot(given.Properties[nameof(ReportDataset.Pivot)]?.Value),
            NativePivot = Text(given, nameof(ReportDataset.NativePivot)) is { } native && bool.Parse(native),
            SheetPerGroup = Text(given, nameof(ReportDataset.SheetPerGroup)) is { } sheets && bool.Parse(sheets),
            Columns = [.. Items(given, nameof(ReportDataset.Columns))
                .Select(item => ToColumn(item) ?? throw CommandErrors.NotADataset($"{item}"))],
            Charts = [
                .. Items(given, nameof(ReportDataset.Charts)).Select(item => ToChart(item) ?? throw CommandErrors.NotAChart($"{item}"))],
            TableName = Text(given, nameof(ReportDataset.TableName)),
        },
        _ => null,
    };

    /// <returns>Null when the object does not say that it is a column.</returns>
    public static ReportColumn? ToColumn(object? value)
    {
        switch (NotGiven.Unwrapped(value))
        {
            case ReportColumn column:
                return column;
            case PSObject given when Text(given, nameof(ReportColumn.Name)) is { } name:
                var made = new ReportDataset().AddColumn(name);
                made.Header = Text(given, nameof(ReportColumn.Header));
                made.Format = Text(given, nameof(ReportColumn.Format));
                made.NullText = given.Properties[nameof(ReportColumn.NullText)]?.Value?.ToString();
                made.Width = Text(given, nameof(ReportColumn.Width)) is { } width ? LanguagePrimitives.ConvertTo<double>(width) : null;
                made.Hidden = Text(given, nameof(ReportColumn.Hidden)) is { } hidden
                    && LanguagePrimitives.ConvertTo<bool>(bool.Parse(hidden));
                made.Total = TotalConversion.ToTotal(name, Items(given, nameof(ReportColumn.Total)).Select(TotalConversion.Text));
                made.RunningTotal = Text(given, nameof(ReportColumn.RunningTotal)) is { } running && bool.Parse(running);
                made.ShareOf = Text(given, nameof(ReportColumn.ShareOf));
                made.Highlight = ColumnShorthand.HighlightOf(name, Items(given, nameof(ReportColumn.Highlight))
                    .Select(rule => rule is PSObject { BaseObject: PSCustomObject } old ? Text(old, nameof(HighlightRule.Text)) : $"{rule}")
                    .ToArray());
                return made;
            default:
                return null;
        }
    }

    /// <returns>Null when the object does not say that it is a chart.</returns>
    public static ReportChart? ToChart(object? value) => NotGiven.Unwrapped(value) switch
    {
        ReportChart chart => chart,
        IDictionary entries => ChartConversion.Of(
            entries.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create($"{entry.Key}", entry.Value))),
        PSObject given when Text(given, nameof(ReportChart.Kind)) is not null => ChartConversion.Of(
            given.Properties.Select(property => KeyValuePair.Create(property.Name, (object?)property.Value))),
        _ => null,
    };

    private static string? Text(PSObject given, string property) =>
        given.Properties[property]?.Value is { } value && $"{value}" is { Length: > 0 } text ? text : null;

    private static IEnumerable<object?> Items(PSObject given, string property) =>
        NotGiven.Unwrapped(given.Properties[property]?.Value) switch
    {
        null => [],
        string text => [text],
        IEnumerable several => several.Cast<object?>(),
        var one => [one],
    };
}
