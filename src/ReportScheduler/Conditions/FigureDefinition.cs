using System.Collections;
using System.Text.RegularExpressions;

namespace ReportScheduler.Conditions;

/// <summary>A key figure of a report as a task defines it, such as <c>Revenue = 'sum(amount)'</c>.</summary>
/// <param name="Name">What people read.</param>
/// <param name="Slug">What templates call it.</param>
/// <param name="Figure">What is asked of the result.</param>
/// <param name="IsChange">How far it is from that of the last run, in percent.</param>
/// <param name="IsLowerBetter">Less than before is good news.</param>
internal sealed partial record FigureDefinition(string Name, string Slug, ConditionTerm.Figure Figure, bool IsChange, bool IsLowerBetter)
{
    /// <summary>More are a table, and no longer read at a glance.</summary>
    public const int Most = 4;

    private const int LongestName = 40;
    private const int RegexLimit = 2000;

    /// <summary>What is kept in the history for the next run.</summary>
    public string Key => $"{(Figure.Dataset is { } dataset ? dataset + "." : "")}{Figure.Function}({Figure.Column})".ToUpperInvariant();

    /// <summary>The key figures of a task, in order.</summary>
    /// <exception cref="ReportException">KeyFigureNotUsable, KeyFiguresTooMany.</exception>
    public static IReadOnlyList<FigureDefinition> All(ReportTask task)
    {
        if (task.KeyFigure is not { Count: > 0 } given)
        {
            return [];
        }

        if (given.Count > Most)
        {
            throw ConditionErrors.KeyFiguresTooMany(given.Count, Most);
        }

        var all = new List<FigureDefinition>();
        foreach (DictionaryEntry entry in given)
        {
            var name = $"{entry.Key}".Trim();
            var figure = Parse(name, entry.Value as string
                ?? throw ConditionErrors.KeyFigureNotUsable(name, $"{entry.Value}", "it is no text"));
            all.Add(all.Find(other => other.Slug == figure.Slug) is { } twin
                ? throw ConditionErrors.KeyFigureNotUsable(name, $"{entry.Value}", $"templates could not tell it from '{twin.Name}'")
                : figure);
        }

        return all;
    }

    /// <summary>Checks the key figures of a task as far as that can be done without its columns.</summary>
    /// <exception cref="ReportException">KeyFigureNotUsable, KeyFiguresTooMany, ConditionDatasetUnknown.</exception>
    public static void Check(ReportTask task)
    {
        var figures = All(task);
        ConditionOf(figures)?.CheckDatasets(task);
        if (task.SplitBy is not null && figures.FirstOrDefault(figure => figure.IsChange) is { } change)
        {
            throw ConditionErrors.KeyFigureNotUsable(change.Name, change.Figure.Text + " vs last run",
                "of a report that is split, each part would need the last one of its own reader", hasLast: false);
        }
    }

    /// <summary>Checks the key figures of a report that is in no store, and so has no last run.</summary>
    /// <exception cref="ReportException">KeyFigureNotUsable, KeyFiguresTooMany, ConditionDatasetUnknown.</exception>
    public static void CheckAlone(ReportTask task)
    {
        Check(task);
        if (All(task).FirstOrDefault(figure => figure.IsChange) is { } change)
        {
            throw ConditionErrors.KeyFigureNotUsable(change.Name, change.Figure.Text + " vs last run",
                "a report without a task has no last run", hasLast: false);
        }
    }

    /// <summary>A condition that asks for all of them; null for none.</summary>
    public static Condition? ConditionOf(IReadOnlyList<FigureDefinition> figures) => figures.Count == 0 ? null : new Condition(
        string.Join(", ", figures.Select(figure => figure.Figure.Text)),
        figures.Select(figure => (ConditionNode)new ConditionNode.Comparison(figure.Figure, ">=", new ConditionTerm.Fixed("0", 0m)))
            .Aggregate((all, one) => new ConditionNode.Both(all, one)))
    { Subject = figures.Count == 1 ? "key figure" : "key figures" };

    private static FigureDefinition Parse(string name, string text)
    {
        ReportException Wrong(string why) => ConditionErrors.KeyFigureNotUsable(name, text, why);
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            throw Wrong($"its name is no line of 1 to {LongestName} characters");
        }

        var match = Parts().Match(text);
        var (isChange, word) = (match.Groups["vs"].Success, match.Groups["word"]);
        if (word.Success && !isChange)
        {
            throw Wrong($"'{word.Value} is better' belongs behind 'vs last run'");
        }

        var figure = new ConditionParser(match.Groups["figure"].Value, (at, why) => Wrong($"at position {at} {why}")).ParseFigure();
        return figure.IsChange ? throw Wrong($"{figure.Text} is for -SendWhen")
            : new FigureDefinition(name, SlugOf(name), figure, isChange, word.Value.Equals("lower", StringComparison.OrdinalIgnoreCase));
    }

    private static string SlugOf(string name)
    {
        var slug = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_')).Trim('_');
        return slug.Length == 0 || char.IsDigit(slug[0]) ? "_" + slug : slug;
    }

    [GeneratedRegex(@"^\s*(?<figure>.*?)(?<vs>\s+vs\.?\s+last(?:\s+run)?)?(?:\s*,?\s*\b(?<word>lower|higher)\s+is\s+better)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Parts();
}
