using System.Collections;
using System.Globalization;

namespace ReportScheduler;

/// <summary>A rule that makes cells of a column stand out, or shows their size.</summary>
/// <remarks>
/// Words: <c>greater 1000 [colour]</c>, <c>less 0 [colour]</c>, <c>between 1 5 [colour]</c>, <c>equal 3 [colour]</c>, <c>equal 'open'
/// [colour]</c>,
/// <c>text Paris [colour]</c> (the cell has it), <c>atleast 5 [colour]</c>, <c>atmost 5 [colour]</c>, <c>not 5 [colour]</c>, <c>empty
/// [colour]</c>,
/// <c>top 10 [colour]</c>, <c>bottom 10 [colour]</c>, <c>top 10% [colour]</c>, <c>bottom 10% [colour]</c>, <c>above average [colour]</c>,
/// <c>below average [colour]</c>, <c>databar [colour]</c>, <c>colorscale [low middle high]</c>,
/// <c>icons [arrows|trafficlights|signs] [reversed]</c>.
/// With the word row at its end, as in <c>less 0 red row</c>, a rule that a cell meets by itself colours the whole row.
/// The signs &gt;, &gt;=, &lt;, &lt;=, = and &lt;&gt; stand for greater, atleast, less, atmost, equal and not. Numbers have a point. Text
/// with spaces stands in '' or "". A colour is red, orange, yellow, green, blue, purple, grey, or #RRGGBB.
/// Several rules for a column stand in an array, or with semicolons between them.
/// </remarks>
/// <param name="Text">The rule as it was given.</param>
/// <param name="Kind">When a cell stands out, or how.</param>
/// <param name="Values">The numbers or texts that it compares with.</param>
/// <param name="Colors">The colours as #RRGGBB.</param>
public sealed record HighlightRule(string Text, HighlightKind Kind, IReadOnlyList<string> Values, IReadOnlyList<string> Colors)
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["red"] = "#F8B4B4",
        ["orange"] = "#FBD5A5",
        ["yellow"] = "#FFEB9C",
        ["green"] = "#B7E1CD",
        ["blue"] = "#A8C7FA",
        ["purple"] = "#D7BDE2",
        ["grey"] = "#D9D9D9",
        ["gray"] = "#D9D9D9",
    };

    /// <summary>Whether it colours the whole row of a cell that meets it.</summary>
    public bool Row { get; init; }

    /// <summary>The rule as it was given.</summary>
    public override string ToString() => Text;

    /// <summary>Rules are the same when their words are.</summary>
    public bool Equals(HighlightRule? other) => other?.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether the first value is a number.</summary>
    internal bool IsNumber => IsNumberText(Values[0]);

    /// <summary>The sets of icons; the first one where none is named.</summary>
    internal static IReadOnlyList<string> IconSets { get; } = ["arrows", "trafficlights", "signs"];

    /// <summary>The set of icons that is shown.</summary>
    internal string IconSet => Values[0];

    /// <summary>Whether low numbers have the icon of high ones.</summary>
    internal bool IsReversed => Values.Contains(Reversed);

    /// <summary>The rules of a column.</summary>
    /// <param name="option">A text, an array of texts, or null for none.</param>
    /// <exception cref="FormatException">Says what is wrong with it.</exception>
    internal static IReadOnlyList<HighlightRule> Of(object? option) => option switch
    {
        null => [],
        string text => [.. Split(text, ';').Select(Parse)],
        HighlightRule rule => [rule],
        IEnumerable several => [.. several.Cast<object?>().SelectMany(Of)],
        _ => throw new FormatException($"'{option}' is not a text"),
    };

    private const string Reversed = "reversed";
    private const string WholeRow = "row";

    private static readonly Dictionary<string, HighlightKind> Signs = new(StringComparer.Ordinal)
    {
        [">"] = HighlightKind.Greater,
        [">="] = HighlightKind.AtLeast,
        ["<"] = HighlightKind.Less,
        ["<="] = HighlightKind.AtMost,
        ["="] = HighlightKind.Equal,
        ["<>"] = HighlightKind.Not,
    };

    private static bool TryKind(string word, out HighlightKind kind) =>
        Signs.TryGetValue(word, out kind)
            || (word.Length > 0 && char.IsAsciiLetter(word[0]) && Enum.TryParse(word, ignoreCase: true, out kind)
            && kind is not (HighlightKind.TopPercent or HighlightKind.BottomPercent));

    /// <summary>A sign may stand at its number: >=100.</summary>
    private static string Apart(string rule) =>
        Signs.Keys.OrderByDescending(sign => sign.Length).FirstOrDefault(
            sign => rule.StartsWith(sign, StringComparison.Ordinal)) is { } found ? $"{found} {rule[found.Length..]}" : rule;

    private static HighlightRule Parse(string rule)
    {
        var words = Split(Apart(rule.Trim()), ' ').Select(word => word.Trim()).Where(word => word.Length > 0).Select(Unquoted).ToList();
        if (words.Count == 0 || !TryKind(words[0], out var kind))
        {
            throw new FormatException($"'{rule}' does not begin with greater, atleast, less, atmost, between, equal, not, empty, text, "
                + "top, bottom, above average, below average, databar, colorscale or icons");
        }

        var (values, colors) = kind switch
        {
            HighlightKind.Between => (2, 1),
            HighlightKind.DataBar or HighlightKind.Empty => (0, 1),
            HighlightKind.ColorScale => (0, 3),
            HighlightKind.Icons => (0, 2),
            _ => (1, 1),
        };
        var isRow = TakeRowWord(rule, words, 1 + values, kind);
        if (words.Count < 1 + values || words.Count > 1 + values + colors
            || (kind == HighlightKind.ColorScale && words.Count is not (1 or 4)))
        {
            throw new FormatException($"'{rule}' has too few or too many words after {words[0]}");
        }

        if (kind == HighlightKind.Icons)
        {
            return new HighlightRule(rule.Trim(), kind, IconWords(rule, words), []);
        }

        var operands = words.GetRange(1, values);
        if (kind is HighlightKind.Above or HighlightKind.Below && !operands[0].Equals("average", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"'{operands[0]}' in '{rule}' is not the word average");
        }

        if (kind is HighlightKind.Top or HighlightKind.Bottom && operands[0].EndsWith('%'))
        {
            (kind, operands) = (kind == HighlightKind.Top ? HighlightKind.TopPercent : HighlightKind.BottomPercent, [operands[0][..^1]]);
        }

        if (kind is HighlightKind.TopPercent or HighlightKind.BottomPercent
            && (!int.TryParse(operands[0], CultureInfo.InvariantCulture, out var percent) || percent is < 1 or > 100))
        {
            throw new FormatException($"'{operands[0]}%' in '{rule}' is not a whole number from 1% to 100%");
        }

        if (kind is HighlightKind.Greater or HighlightKind.Less or HighlightKind.AtLeast or HighlightKind.AtMost or HighlightKind.Between
            && operands.Find(operand => !IsNumberText(operand)) is { } bad)
        {
            throw new FormatException($"'{bad}' in '{rule}' is not a number");
        }

        if (kind is HighlightKind.Top or HighlightKind.Bottom
            && (!int.TryParse(operands[0], CultureInfo.InvariantCulture, out var top) || top is < 1 or > 1000))
        {
            throw new FormatException($"'{operands[0]}' in '{rule}' is not a whole number from 1 to 1000");
        }

        var shades = words.Skip(1 + values).Select(Shade).ToList();
        return new HighlightRule(rule.Trim(), kind, operands, shades.Count > 0 ? shades : Default(kind)) { Row = isRow };
    }

    // Where a value is wanted the word is one.
    private static bool TakeRowWord(string rule, List<string> words, int from, HighlightKind kind)
    {
        var place = from < words.Count ? words.FindIndex(from, IsRowWord) : -1;
        if (place < 0)
        {
            return false;
        }

        words.RemoveAt(place);
        return kind < HighlightKind.Top
            ? true
            : throw new FormatException($"'{rule}' compares a cell with the others of its column, and {WholeRow} goes with rules that a "
                + "cell meets by itself: greater, atleast, less, atmost, between, equal, not, empty and text");
    }

    private static bool IsRowWord(string word) => word.Equals(WholeRow, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<string> IconWords(string rule, List<string> words)
    {
        List<string> given = [.. words.Skip(1).Select(word => word.ToLowerInvariant())];
        var isReversed = given.Remove(Reversed);
        var bad = given.Find(word => !IconSets.Contains(word)) ?? (given.Count > 1 ? given[1] : null);
        return bad is not null
            ? throw new FormatException($"'{bad}' in '{rule}' is not a set of icons: give one of {string.Join(", ", IconSets)}, "
                + $"and {Reversed} where low numbers are good")
            : [given.Count > 0 ? given[0] : IconSets[0], .. isReversed ? new[] { Reversed } : []];
    }

    private static IReadOnlyList<string> Default(HighlightKind kind) => kind switch
    {
        HighlightKind.DataBar => ["#5B9BD5"],
        HighlightKind.ColorScale => ["#F8696B", "#FFEB84", "#63BE7B"],
        HighlightKind.Icons => [],
        _ => [Names["yellow"]],
    };

    private static string Shade(string word) =>
        Names.TryGetValue(word, out var shade) ? shade
        : word.Length == 7 && word[0] == '#' && word.Skip(1).All(char.IsAsciiHexDigit) ? word
        : throw new FormatException($"'{word}' is not a colour: give red, orange, yellow, green, blue, purple, grey or #RRGGBB");

    private static bool IsNumberText(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private static string Unquoted(string word) => word.Length >= 2 && word[0] is '\'' or '"' && word[^1] == word[0] ? word[1..^1] : word;

    private static IEnumerable<string> Split(string text, char separator)
    {
        var quote = '\0';
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == separator)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }
}
