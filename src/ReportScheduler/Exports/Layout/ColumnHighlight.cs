using System.Globalization;
using ReportScheduler.Rows;
using ReportScheduler.Time;

namespace ReportScheduler.Exports.Layout;

/// <summary>The highlight rules of one column: takes note of its cells as they
/// pass, and knows after the last how each stands out.</summary>
/// <remarks>
/// As Excel does it: of the rules that colour a cell the first one counts, a bar and an arrow join it; text is compared without regard to
/// case, dates and times as Excel's day numbers, bars are as long as their numbers, from zero to the right, and to the left where numbers
/// are below zero. True and false are found by these names, 1 and 0, and the words shown for them.
/// Cells without a value never stand out, nor do equal numbers have a scale.
/// </remarks>
internal sealed class ColumnHighlight
{
    private readonly IReadOnlyList<HighlightRule> rules;
    private readonly HighlightRange range;

    // of the numbers with the other sign, so that the least are the greatest
    private readonly HighlightRange reversed;
    private readonly bool hasReversed;
    private readonly TimeZoneInfo zone;
    private readonly double[] first;
    private readonly double[] second;

    private readonly TruthWords truth;

    private ColumnHighlight(IReadOnlyList<HighlightRule> rules, TimeZoneInfo zone, TruthWords truth)
    {
        (this.rules, this.zone, this.truth) = (rules, zone, truth);
        range = new HighlightRange(Most(HighlightKind.Top));
        reversed = new HighlightRange(Most(HighlightKind.Bottom));
        hasReversed = rules.Any(rule => rule.Kind is HighlightKind.Bottom or HighlightKind.BottomPercent);
        MarksRows = rules.Any(rule => rule.Row);
        first = [.. rules.Select(rule => Operand(rule, 0))];
        second = [.. rules.Select(rule => Operand(rule, 1))];
    }

    public IReadOnlyList<HighlightRule> Rules => rules;

    private int Most(HighlightKind kind) =>
        rules.Where(rule => rule.Kind == kind).Select(rule => (int)Operand(rule, 0)).DefaultIfEmpty(0).Max();

    /// <summary>Whether the look of a cell depends on the other cells.</summary>
    public bool NeedsRange => rules.Any(rule => rule.Kind >= HighlightKind.Top);

    /// <summary>Whether all numbers so far are equal.</summary>
    public bool IsFlat => range.IsFlat;

    /// <summary>Whether all numbers are zero.</summary>
    public bool IsZero => range is { Least: 0, Greatest: 0 };

    /// <summary>Whether a number is below zero.</summary>
    public bool HasNegatives => range.Least < 0;

    /// <summary>Whether a rule colours the whole row.</summary>
    public bool MarksRows { get; }

    public bool HasIcons => rules.Any(rule => rule.Kind == HighlightKind.Icons);

    /// <summary>The rules of a column; null when it has none.</summary>
    public static ColumnHighlight? Of(ReportTask task, string dataset, SourceColumn column) =>
        (task.Dataset(dataset).Column(column.Name) ?? column.Look) is { Highlight: { Length: > 0 } rules }
            ? new ColumnHighlight(rules, Zones.FindOrUtc(task.TimeZone), Words(task, dataset, column))
            : null;

    private static TruthWords Words(ReportTask task, string dataset, SourceColumn column)
    {
        var culture = ReportCulture.Of(task.Culture);
        return TruthWords.Of(ColumnLayout.Of(task.Dataset(dataset).Column(column.Name), column, culture).Format, culture);
    }

    /// <summary>Takes note of a cell.</summary>
    public HighlightMark See(in Cell cell)
    {
        var number = Number(cell);
        if (!double.IsNaN(number))
        {
            range.Add(number);
            if (hasReversed)
            {
                reversed.Add(-number);
            }
        }

        for (var rule = 0; rule < rules.Count; rule++)
        {
            if (Meets(rule, cell, number))
            {
                return new HighlightMark(number, rule);
            }
        }

        return new HighlightMark(number, -1);
    }

    /// <summary>The colour that a cell gives its row; null for none.</summary>
    public int? RowFill(in Cell cell)
    {
        var number = Number(cell);
        for (var rule = 0; rule < rules.Count; rule++)
        {
            if (rules[rule].Row && Meets(rule, cell, number))
            {
                return HighlightLook.Rgb(rules[rule].Colors[0]);
            }
        }

        return null;
    }

    /// <summary>How a cell stands out, once all cells have been seen.</summary>
    public HighlightLook Of(HighlightMark mark)
    {
        var look = new HighlightLook();
        for (var index = 0; index < rules.Count; index++)
        {
            look = Add(look, rules[index], index, mark);
        }

        return look;
    }

    private HighlightLook Add(HighlightLook look, HighlightRule rule, int index, HighlightMark mark)
    {
        if (rule.Kind < HighlightKind.Top)
        {
            return mark.Rule == index ? look with { Fill = look.Fill ?? HighlightLook.Rgb(rule.Colors[0]) } : look;
        }

        if (double.IsNaN(mark.Number))
        {
            return look;
        }

        return rule.Kind switch
        {
            HighlightKind.Top => Filled(look, rule, range.IsTop(mark.Number, (int)first[index])),
            HighlightKind.Bottom => Filled(look, rule, reversed.IsTop(-mark.Number, (int)first[index])),
            HighlightKind.TopPercent => Filled(look, rule, range.IsTopShare(mark.Number, first[index] / 100)),
            HighlightKind.BottomPercent => Filled(look, rule, reversed.IsTopShare(-mark.Number, first[index] / 100)),
            HighlightKind.Above => Filled(look, rule, mark.Number > range.Average),
            HighlightKind.Below => Filled(look, rule, mark.Number < range.Average),
            HighlightKind.ColorScale =>
                range.IsFlat ? look : look with { Fill = look.Fill ?? HighlightLook.Scale(rule, Step(range.OnScale(mark.Number))) },
            HighlightKind.DataBar => WithBar(look, rule, range.Bar(mark.Number)),
            _ => look with { Icon = HighlightIcon.Of(rule, range.Share(mark.Number) switch { >= 0.67 => 2, >= 0.33 => 1, _ => 0 }) },
        };
    }

    // Both ends are steps, so that bars that meet at zero do.
    private static HighlightLook WithBar(HighlightLook look, HighlightRule rule, (double Start, double Length) bar)
    {
        var (start, end) = (Step(bar.Start), Step(bar.Start + bar.Length));
        return look with
        {
            Bar = look.Bar ?? HighlightLook.Rgb(rule.Colors[0]),
            BarStart = (float)start / HighlightLook.Steps,
            BarLength = (float)(end - start) / HighlightLook.Steps,
        };
    }

    private static HighlightLook Filled(HighlightLook look, HighlightRule rule, bool isMet) =>
        isMet ? look with { Fill = look.Fill ?? HighlightLook.Rgb(rule.Colors[0]) } : look;

    private bool Meets(int rule, in Cell cell, double number) => rules[rule].Kind switch
    {
        HighlightKind.Greater => number > first[rule],
        HighlightKind.Less => number < first[rule],
        HighlightKind.Between => number >= Math.Min(first[rule], second[rule]) && number <= Math.Max(first[rule], second[rule]),
        HighlightKind.Equal => IsEqual(rule, cell, number),
        HighlightKind.AtLeast => number >= first[rule],
        HighlightKind.AtMost => number <= first[rule],
        HighlightKind.Empty => IsEmpty(cell),
        HighlightKind.Not => !IsEmpty(cell) && !IsEqual(rule, cell, number),
        HighlightKind.Text => Truth(cell, number) is { } isTrue
            ? truth.Contain(isTrue, rules[rule].Values[0])
            : cell.Kind is CellKind.Text or CellKind.Json && cell.Text.Contains(rules[rule].Values[0], StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private bool IsEqual(int rule, in Cell cell, double number) =>
        rules[rule].IsNumber && !double.IsNaN(number) ? number == first[rule]
        : Truth(cell, number) is { } isTrue ? truth.Names(isTrue, rules[rule].Values[0])
        : cell.Kind == CellKind.Text && cell.Text.Equals(rules[rule].Values[0], StringComparison.OrdinalIgnoreCase);

    private static bool IsEmpty(in Cell cell) => cell.Kind == CellKind.Null || (cell.Kind == CellKind.Text && cell.Text.Length == 0);

    // of numbers too, where the format shows words for them
    private bool? Truth(in Cell cell, double number) => cell.Kind == CellKind.Boolean ? cell.Boolean
        : truth.AreFormat && cell.Kind is CellKind.Integer or CellKind.Decimal or CellKind.Double && !double.IsNaN(number) ? number != 0
        : null;

    private static int Step(double share) => (int)Math.Round(Math.Clamp(share, 0, 1) * HighlightLook.Steps);

    private static double Operand(HighlightRule rule, int place) =>
        place < rule.Values.Count && double.TryParse(rule.Values[place], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;

    private double Number(in Cell cell) => cell.Kind switch
    {
        CellKind.Integer => cell.Int64,
        CellKind.Decimal => (double)cell.Decimal,
        CellKind.Double when double.IsFinite(cell.Double) => cell.Double,
        CellKind.Date or CellKind.DateTime => DayNumber(cell.DateTime),
        CellKind.DateTimeOffset => DayNumber(Zones.Clock(cell.DateTimeOffset, zone)),
        CellKind.Time => cell.Time.TotalDays,
        // as the workbook has them
        CellKind.Boolean when truth.AreFormat => cell.Boolean ? 1 : 0,
        _ => double.NaN,
    };

    private static double DayNumber(DateTime time) => (time - new DateTime(1899, 12, 30)).TotalDays;
}
