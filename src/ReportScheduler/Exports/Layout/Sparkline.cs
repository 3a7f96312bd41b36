using System.Globalization;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

/// <summary>The numbers of one cell as a small chart: <c>3, 5, 4</c>, <c>[3, 5, 4]</c> or <c>{3,5,4}</c>, as string_agg and
/// array_agg make them. NULL, or nothing between two commas, is a gap.</summary>
/// <param name="values">Null for gaps; none for an empty chart.</param>
/// <param name="isBars">Bars, and not a line.</param>
/// <param name="words">The numbers for those who do not see the chart.</param>
internal sealed class Sparkline(IReadOnlyList<double?> values, bool isBars, string words)
{
    // more points are closer than the eye can tell
    private const int MostPoints = 120;

    // the least and the greatest of each stretch
    private const int PointsOfStretch = 2;
    private const int MostBlocks = 24;

    // a bar alone is as narrow as one of so many
    private const int SinglePlaces = 8;
    private const int LongestWords = 300;
    private const string Blocks = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private const char Gap = '\u2009';

    private readonly IReadOnlyList<double?> points = isBars ? Thinned(values, MostPoints) : Extremes(values, MostPoints);
    private readonly double least = values.Min() ?? 0;
    private readonly double greatest = values.Max() ?? 0;

    public bool IsBars => isBars;

    public string Words => words;

    /// <summary>Whether there is nothing to draw.</summary>
    public bool IsEmpty => values.Count == 0;

    /// <summary>The chart of a cell: an empty one of a list without numbers, one bar of a single number; null for
    /// what is no list of numbers, and is shown as the text that it is.</summary>
    public static Sparkline? Of(in Cell cell, SparklineKind kind)
    {
        if (cell.Kind is not (CellKind.Text or CellKind.Json) || Numbers(cell.Text) is not { } numbers)
        {
            return null;
        }

        if (numbers.TrueForAll(number => number is null))
        {
            return new Sparkline([], isBars: true, "");
        }

        var words = cell.Text.Trim().ReplaceLineEndings(" ");
        return new Sparkline(numbers, kind == SparklineKind.Bars || numbers.Count == 1,
            words.Length > LongestWords ? words[..LongestWords] + "\u2026" : words);
    }

    /// <summary>The lines between the points, one more after each gap. Places are from the left and from the top.</summary>
    public IReadOnlyList<IReadOnlyList<(float X, float Y)>> Lines(float width, float height, float margin)
    {
        var lines = new List<List<(float X, float Y)>>();
        var isOpen = false;
        for (var place = 0; place < points.Count; place++)
        {
            if (points[place] is not { } value)
            {
                isOpen = false;
                continue;
            }

            if (!isOpen)
            {
                lines.Add([]);
                isOpen = true;
            }

            lines[^1].Add((margin + ((width - (2 * margin)) * place / (points.Count - 1)),
                margin + ((height - (2 * margin)) * (1 - Share(value, least, greatest)))));
        }

        return lines;
    }

    /// <summary>The points of lines that get a dot: the newest one, and those between two gaps, which no line shows.</summary>
    public static IEnumerable<(float X, float Y)> Dots(IReadOnlyList<IReadOnlyList<(float X, float Y)>> lines) =>
        lines.Where(line => line.Count == 1 || line == lines[^1]).Select(line => line[^1]);

    /// <summary>Bars from zero, each at least a hair high. Places are from the left and from the top.</summary>
    public IEnumerable<(float X, float Y, float Width, float Height)> Bars(float width, float height)
    {
        var (bottom, top) = (Math.Min(0, least), Math.Max(0, greatest));
        var step = width / (points.Count == 1 ? SinglePlaces : points.Count);
        var zero = height * (1 - Share(0, bottom, top));
        for (var place = 0; place < points.Count; place++)
        {
            if (points[place] is { } value)
            {
                var end = height * (1 - Share(value, bottom, top));
                var high = Math.Max(0.8f, Math.Abs(end - zero));
                yield return (place * step, Math.Clamp(Math.Min(end, zero), 0, height - high), Math.Max(step * 0.75f, 0.5f), high);
            }
        }
    }

    /// <summary>The chart in characters, for outputs that draw nothing.</summary>
    public string Text() => string.Concat(Thinned(values, MostBlocks).Select(value => value is { } number
        ? Blocks[(int)Math.Round(Share(number, isBars ? Math.Min(0, least) : least, greatest) * (Blocks.Length - 1))]
        : Gap));

    /// <summary>Whether a text is a chart in characters.</summary>
    public static bool IsText(string text) => text.Length > 0 && text.All(letter => letter == Gap || IsBlock(letter)) && text.Any(IsBlock);

    private static bool IsBlock(char letter) => letter >= Blocks[0] && letter <= Blocks[^1];

    // Equal ones are in the middle.
    private static float Share(double value, double from, double to)
    {
        if (!double.IsFinite(to - from))
        {
            // a half of each has room
            (value, from, to) = (value / 2, from / 2, to / 2);
        }

        return to - from is > 0 and var range ? (float)Math.Clamp((value - from) / range, 0, 1) : 0.5f;
    }

    private static List<double?>? Numbers(string text)
    {
        var list = text.AsSpan().Trim();
        if (list.Length > 1 && (list[0], list[^1]) is ('[', ']') or ('{', '}'))
        {
            list = list[1..^1];
        }

        var separator = list.Contains(';') ? ';' : list.Contains(',') ? ',' : ' ';
        var numbers = new List<double?>();
        foreach (var item in list.ToString().Split(separator, StringSplitOptions.TrimEntries))
        {
            if (item.Length == 0 || item.Equals("null", StringComparison.OrdinalIgnoreCase))
            {
                // several spaces are one
                if (separator != ' ' || item.Length > 0)
                {
                    numbers.Add(null);
                }
            }
            else if (double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            {
                numbers.Add(number);
            }
            else
            {
                return null;
            }
        }

        return numbers;
    }

    /// <summary>Of each stretch the value that stands out most, so that no peak is lost.</summary>
    private static IReadOnlyList<double?> Thinned(IReadOnlyList<double?> all, int most)
    {
        if (all.Count <= most)
        {
            return all;
        }

        // the sum of large ones may have no room
        var known = all.OfType<double>().ToList();
        var middle = known.Sum(value => value / known.Count);
        // the newest value is exact
        var peaks = Stretches(all, most).Select(stretch => stretch.MaxBy(value => Math.Abs((value ?? middle) - middle)));
        return [.. peaks.SkipLast(1), all[^1]];
    }

    /// <summary>Of each stretch the least and the greatest, in their order.</summary>
    private static IReadOnlyList<double?> Extremes(IReadOnlyList<double?> all, int most)
    {
        if (all.Count <= most)
        {
            return all;
        }

        var thin = new List<double?>(most + 1);
        foreach (var stretch in Stretches(all, most / PointsOfStretch))
        {
            var known = stretch.OfType<double>().ToList();
            if (known.Count == 0)
            {
                thin.Add(null);
                continue;
            }

            var (low, high) = (known.Min(), known.Max());
            thin.AddRange(known.IndexOf(low) <= known.IndexOf(high) ? [low, high] : [high, low]);
        }

        thin.Add(all[^1]);
        return thin;
    }

    private static IEnumerable<IReadOnlyList<double?>> Stretches(IReadOnlyList<double?> all, int count)
    {
        for (var place = 0; place < count; place++)
        {
            var (start, end) = ((int)((long)all.Count * place / count), (int)((long)all.Count * (place + 1) / count));
            var stretch = new double?[end - start];
            for (var index = start; index < end; index++)
            {
                stretch[index - start] = all[index];
            }

            yield return stretch;
        }
    }
}
