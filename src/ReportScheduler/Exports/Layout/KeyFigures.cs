using System.Globalization;
using ReportScheduler.Conditions;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

/// <summary>Gathers the key figures of a report while its rows are read, and says how they read.</summary>
/// <remarks>They are complete before a writer completes its files, and not before.</remarks>
internal sealed class KeyFigures : IRowWatcher
{
    private const string Missing = "\u2013";
    private const string TrueMinus = "\u2212";

    private readonly ReportDocument document;
    private readonly ConditionWatch watch;
    private readonly CellText?[] texts;
    private readonly int[] places;

    private KeyFigures(ReportDocument document, IReadOnlyList<FigureDefinition> definitions)
    {
        (this.document, Definitions) = (document, definitions);
        watch = new ConditionWatch(FigureDefinition.ConditionOf(definitions)!);
        (texts, places) = (new CellText?[definitions.Count], new int[definitions.Count]);
    }

    public IReadOnlyList<FigureDefinition> Definitions { get; }

    /// <summary>As people read them; empty before the last row.</summary>
    public IReadOnlyList<KeyFigure> Shown { get; private set; } = [];

    /// <summary>The values for the history, in the order of <see cref="Definitions"/>; null where there is none.</summary>
    public IReadOnlyList<object?> Values { get; private set; } = [];

    /// <summary>The key figures that a task asks for; null for none.</summary>
    public static KeyFigures? Of(ReportDocument document) =>
        FigureDefinition.All(document.Task) is { Count: > 0 } definitions ? new KeyFigures(document, definitions) : null;

    public void Begin(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        watch.Begin(dataset, columns);
        Array.Fill(places, -1);
        for (var i = 0; i < places.Length; i++)
        {
            var figure = Definitions[i].Figure;
            if ((figure.Dataset is null || figure.Dataset.Equals(dataset, StringComparison.OrdinalIgnoreCase))
                && columns.FirstOrDefault(column => column.Name.Equals(figure.Column, StringComparison.OrdinalIgnoreCase)) is { } column)
            {
                var definition = document.Task.Dataset(dataset).Column(column.Name);
                texts[i] = new CellText(ColumnLayout.Of(definition, column, document.Culture), document.Culture, document.Zone);
                places[i] = column.Index;
            }
        }
    }

    public void Take(RowBatch batch)
    {
        watch.Take(batch);
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] >= 0 && !Definitions[i].Figure.IsCount)
            {
                texts[i]!.See(batch, places[i]);
            }
        }
    }

    /// <summary>After the last row.</summary>
    /// <exception cref="ReportException">The result has no such column or dataset, or its values cannot be added.</exception>
    public void Complete()
    {
        var found = Definitions.Select(definition => watch.Of(definition.Figure)).ToList();
        Values = [.. found.Select(figure => ConditionValue.Of(figure.Value, figure.Column))];
        Shown = [.. Definitions.Select((definition, i) => Figure(definition, found[i].Value, Values[i], texts[i]))];
    }

    private KeyFigure Figure(FigureDefinition definition, Cell cell, object? value, CellText? text)
    {
        if (definition.IsChange)
        {
            return Change(definition, Number(value));
        }

        if (cell.Kind == CellKind.Null && definition.Figure.Function == ConditionFunction.Total)
        {
            // no rows are no revenue
            cell.SetInteger(0);
            value = 0m;
        }

        var shown = cell.Kind == CellKind.Null ? Missing
            : text is null || definition.Figure.IsCount ? (Number(value) ?? 0).ToString("N0", document.Culture)
            : text.Of(cell, definition.Figure.Total);
        return new KeyFigure(definition.Name, shown) { Slug = definition.Slug, Number = Number(value) };
    }

    private KeyFigure Change(FigureDefinition definition, decimal? now)
    {
        if (now is not { } value || !document.LastFigures.TryGetValue(definition.Key, out var last) || (last == 0 && value != 0))
        {
            return new KeyFigure(definition.Name, Missing) { Slug = definition.Slug };
        }

        var share = value == last ? 0 : Math.Round((value - last) / Math.Abs(last), 3, MidpointRounding.AwayFromZero);
        var sign = share > 0 ? "+" : share < 0 ? TrueMinus : "";
        var tone = share == 0 ? FigureTone.None : share > 0 != definition.IsLowerBetter ? FigureTone.Good : FigureTone.Bad;
        return new KeyFigure(definition.Name, sign + Math.Abs(share).ToString("P1", Percent(document.Culture)), tone)
        {
            Slug = definition.Slug,
            Number = share * 100,
        };
    }

    // the invariant culture has a space before the sign, and English has none
    private static CultureInfo Percent(CultureInfo culture) =>
        culture.Equals(CultureInfo.InvariantCulture) ? CultureInfo.GetCultureInfo("en-US") : culture;

    private static decimal? Number(object? value) => value switch
    {
        decimal exact => exact,
        double rough when Math.Abs(rough) < (double)decimal.MaxValue => (decimal)rough,
        _ => null,
    };
}
