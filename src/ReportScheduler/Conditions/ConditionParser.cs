using System.Globalization;
using ReportScheduler.Sources;
using ReportScheduler.Text;

namespace ReportScheduler.Conditions;

/// <summary>Reads a condition: comparisons with <c>or</c>, <c>and</c>, <c>not</c> and parentheses.</summary>
internal sealed class ConditionParser
{
    /// <summary>Longer ones are for the query.</summary>
    private const int MostCharacters = 2000;

    private static readonly Dictionary<string, ConditionFunction> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["total"] = ConditionFunction.Total,
        ["sum"] = ConditionFunction.Total,
        ["avg"] = ConditionFunction.Average,
        ["average"] = ConditionFunction.Average,
        ["count"] = ConditionFunction.Count,
        ["min"] = ConditionFunction.Minimum,
        ["max"] = ConditionFunction.Maximum,
        ["distinct"] = ConditionFunction.Distinct,
    };

    private static readonly Dictionary<string, ConditionFunction> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["rows"] = ConditionFunction.Rows,
        ["added"] = ConditionFunction.Added,
        ["removed"] = ConditionFunction.Removed,
        ["changed"] = ConditionFunction.Changed,
    };

    private static readonly string[] Signs = ["<", "<=", "=", "<>", ">=", ">"];

    private readonly string text;
    private readonly List<ConditionToken> tokens;
    private readonly Func<int, string, ReportException> wrong;
    private int next;

    /// <param name="text">What a person wrote.</param>
    /// <param name="wrong">The error of a place and what is wrong there; null for that of a condition.</param>
    /// <exception cref="ReportException">ConditionTooLong, ConditionNotUsable.</exception>
    public ConditionParser(string text, Func<int, string, ReportException>? wrong = null)
    {
        this.wrong = wrong ?? ((at, why) => ConditionErrors.ConditionNotUsable(text, at, why));
        this.text = text.Length <= MostCharacters ? text : throw ConditionErrors.ConditionTooLong(text.Length, MostCharacters);
        tokens = ConditionLexer.Read(text, this.wrong);
    }

    /// <exception cref="ReportException">ConditionNotUsable.</exception>
    public ConditionNode Parse()
    {
        var root = Either();
        return Here.Kind == ConditionTokenKind.End ? root : throw Wrong(Here, $"{Shown(Here)} is too much; and, or or the end is expected");
    }

    /// <summary>One figure of the result, and nothing beside it.</summary>
    /// <exception cref="ReportException">What was given for what is wrong.</exception>
    public ConditionTerm.Figure ParseFigure()
    {
        var first = Here;
        var term = Term();
        return Here.Kind != ConditionTokenKind.End ? throw Wrong(Here, $"{Shown(Here)} is too much")
            : term as ConditionTerm.Figure ?? throw Wrong(first, $"{Shown(first)} is a fixed value, and nothing of the result");
    }

    private ConditionToken Here => tokens[next];

    private ConditionNode Either()
    {
        var node = Both();
        while (TakeWord("or"))
        {
            node = new ConditionNode.Either(node, Both());
        }

        return node;
    }

    private ConditionNode Both()
    {
        var node = Not();
        while (TakeWord("and"))
        {
            node = new ConditionNode.Both(node, Not());
        }

        return node;
    }

    private ConditionNode Not()
    {
        if (TakeWord("not"))
        {
            return new ConditionNode.Not(Not());
        }

        if (!TakeSign("("))
        {
            return Comparison();
        }

        var node = Either();
        return TakeSign(")") ? node : throw Wrong(Here, $"{Shown(Here)} stands where a closing parenthesis is expected");
    }

    private ConditionNode.Comparison Comparison()
    {
        var first = Here;
        var left = Term();
        var sign = Here;
        if (sign.Kind != ConditionTokenKind.Sign || !Signs.Contains(sign.Text))
        {
            throw Wrong(sign, $"{Shown(sign)} stands where a comparison is expected: <, <=, =, <>, >= or >");
        }

        next++;
        var right = Term();
        if (left is ConditionTerm.Fixed && right is ConditionTerm.Fixed)
        {
            throw Wrong(first, "two fixed values are compared, and nothing of the result");
        }

        CheckKinds(left, right);
        CheckKinds(right, left);
        return new ConditionNode.Comparison(left, sign.Text, right);
    }

    private void CheckKinds(ConditionTerm one, ConditionTerm other)
    {
        if (one is ConditionTerm.Figure { IsCount: true } && other is ConditionTerm.Fixed { Value: not decimal } value)
        {
            throw ConditionErrors.ConditionTypesDiffer(text, one.Text, "a number", value.Text,
                value.Value switch { RelativeDate => "a date", bool => "true or false", _ => "a text" });
        }
    }

    private ConditionTerm Term()
    {
        var token = Here;
        next++;
        return token.Kind switch
        {
            ConditionTokenKind.Number => new ConditionTerm.Fixed(token.Text, Number(token)),
            ConditionTokenKind.Text => new ConditionTerm.Fixed($"'{token.Text}'", token.Text),
            ConditionTokenKind.Date => new ConditionTerm.Fixed(token.Text, RelativeDate.TryParse(token.Text)!),
            ConditionTokenKind.Word when token.Text.ToUpperInvariant() is "TRUE" or "FALSE" =>
                new ConditionTerm.Fixed(token.Text, bool.Parse(token.Text)),
            ConditionTokenKind.Word or ConditionTokenKind.Name => Figure(token),
            _ => throw Wrong(token,
                $"{Shown(token)} stands where a value is expected, such as rows, max(column), a number or a text in quotes"),
        };
    }

    private decimal Number(ConditionToken token) =>
        decimal.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(token, $"the number {token.Text} is too large");

    private ConditionTerm.Figure Figure(ConditionToken first)
    {
        var (dataset, word) = ((string?)null, first);
        if (TakeSign("."))
        {
            (dataset, word) = (first.Text, Here);
            next++;
        }

        if (word.Kind == ConditionTokenKind.Word && Words.TryGetValue(word.Text, out var rows))
        {
            return new ConditionTerm.Figure(Written(first), dataset, rows, "");
        }

        if (word.Kind != ConditionTokenKind.Word || !Functions.TryGetValue(word.Text, out var function))
        {
            var (words, functions) = (string.Join(", ", Words.Keys), string.Join(", ", Functions.Keys));
            var hint = NearMiss.Hint(word.Text, Functions.Keys.Concat(Words.Keys));
            throw Wrong(word, $"{Shown(word)} is not known: {words} and the functions {functions} are.{hint}".TrimEnd('.'));
        }

        if (!TakeSign("("))
        {
            throw Wrong(Here, $"{Shown(Here)} stands where a column in parentheses is expected, such as {word.Text}(amount)");
        }

        // count() is the number of rows
        if (function == ConditionFunction.Count && TakeSign(")"))
        {
            return new ConditionTerm.Figure(Written(first), dataset, ConditionFunction.Rows, "");
        }

        var column = Here;
        if (column.Kind is not (ConditionTokenKind.Word or ConditionTokenKind.Name or ConditionTokenKind.Date))
        {
            throw Wrong(column, $"{Shown(column)} stands where a column is expected; a name with spaces stands in \"\" or []");
        }

        next++;
        return TakeSign(")") ? new ConditionTerm.Figure(Written(first), dataset, function, column.Text)
            : throw Wrong(Here, $"{Shown(Here)} stands where a closing parenthesis is expected; a name with spaces stands in \"\" or []");
    }

    /// <summary>What stands from a token to here.</summary>
    private string Written(ConditionToken first) => text[(first.Position - 1)..tokens[next - 1].End];

    private bool TakeWord(string word) =>
        Take(Here.Kind == ConditionTokenKind.Word && Here.Text.Equals(word, StringComparison.OrdinalIgnoreCase));

    private bool TakeSign(string sign) => Take(Here.Kind == ConditionTokenKind.Sign && Here.Text == sign);

    private bool Take(bool isIt)
    {
        next += isIt ? 1 : 0;
        return isIt;
    }

    private static string Shown(ConditionToken token) => token.Kind == ConditionTokenKind.End ? "the end" : $"'{token.Text}'";

    private ReportException Wrong(ConditionToken token, string why) => wrong(token.Position, why);
}
