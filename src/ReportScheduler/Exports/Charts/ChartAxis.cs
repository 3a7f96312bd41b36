using System.Globalization;

namespace ReportScheduler.Exports.Charts;

/// <summary>A value axis from a round number below the least value to one above the greatest, always with zero for bars.</summary>
internal sealed class ChartAxis
{
    private const int MostSteps = 4;

    /// <summary>The distance between two of them still is a number.</summary>
    private const double Greatest = 1e307;
    private const double GreatestInFull = 1e15;
    private const int MostDigits = 9;

    /// <param name="values">What is drawn.</param>
    /// <param name="withZero">Whether zero must be on it.</param>
    /// <param name="culture">The marks of its numbers.</param>
    /// <param name="textOf">How the column shows a value; null where it says nothing.</param>
    public ChartAxis(IEnumerable<double> values, bool withZero, CultureInfo culture, Func<double, string?>? textOf = null)
    {
        var known = values.Where(double.IsFinite).Select(value => Math.Clamp(value, -Greatest, Greatest)).DefaultIfEmpty(0).ToList();
        var (low, high) = (known.Min(), known.Max());
        if (withZero || low == high)
        {
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        }

        high = high > low ? high : low + 1;
        var rough = (high - low) / MostSteps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.First(factor => factor * power >= rough * 0.999) * power;
        if (known.TrueForAll(double.IsInteger))
        {
            // nobody has half an order
            step = step < 1 ? 1 : step is 2.5 ? 5 : step;
        }

        Low = Math.Floor(low / step) * step;
        High = Math.Ceiling(high / step) * step;
        var digits = Math.Max((int)Math.Ceiling(-Math.Log10(step) + (step / power is > 2.4 and < 2.6 ? 1 : 0)), 0);
        var format = digits > MostDigits || Math.Max(-Low, High) >= GreatestInFull ? "0.#####E+0;-0.#####E+0;0" : $"N{digits}";
        var count = (int)Math.Round((High - Low) / step);
        // 0.1 times 3 is not 0.3
        double[] ticks = [.. Enumerable.Range(0, count + 1).Select(tick => Low + (tick * step))
            .Select(value => Math.Abs(value) < GreatestInFull && digits <= MostDigits ? Math.Round(value, digits) : value)];
        var texts = ticks.Select(value => textOf?.Invoke(value)).ToList();
        // a format that rounds two lines to one text says less than no format
        var isOwn = !texts.Contains(null) && texts.Distinct().Count() == texts.Count;
        var isShort = AxisText.Of(ticks, textOf?.Invoke(1), culture) is { } shortTexts && shortTexts.Distinct().Count() == shortTexts.Count
            ? shortTexts
            : null;
        Ticks = [.. ticks.Select((value, tick) => (value, isShort?[tick] ?? (isOwn ? texts[tick]! : value.ToString(format, culture))))];
    }

    public double Low { get; }

    public double High { get; }

    /// <summary>The places of the grid lines and their texts, from low to high.</summary>
    public IReadOnlyList<(double Value, string Text)> Ticks { get; }

    /// <summary>How far up a value is, from 0 to 1.</summary>
    public double Share(double value) => (value - Low) / (High - Low);
}
