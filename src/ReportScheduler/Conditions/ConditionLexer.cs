using System.Text.RegularExpressions;

namespace ReportScheduler.Conditions;

/// <summary>Takes a condition apart.</summary>
internal static partial class ConditionLexer
{
    /// <param name="text">What a person wrote.</param>
    /// <param name="wrong">The error of a place and what is wrong there.</param>
    /// <exception cref="ReportException">What was given: a character or a quote that belongs nowhere.</exception>
    public static List<ConditionToken> Read(string text, Func<int, string, ReportException> wrong)
    {
        var tokens = new List<ConditionToken>();
        for (var at = 0; ;)
        {
            at += Space().Match(text, at).Length;
            if (at >= text.Length)
            {
                tokens.Add(new ConditionToken(ConditionTokenKind.End, "", text.Length + 1, text.Length));
                return tokens;
            }

            var token = Next(text, at, wrong);
            tokens.Add(token);
            at = token.End;
        }
    }

    private static ConditionToken Next(string text, int at, Func<int, string, ReportException> wrong)
    {
        if (Date().Match(text, at) is { Success: true } date)
        {
            return Token(ConditionTokenKind.Date, date.Value, date);
        }

        if (Token().Match(text, at) is not { Success: true } match)
        {
            throw wrong(at + 1,
                text[at] is '\'' or '"' or '[' ? $"a {text[at]} has no end" : $"'{text[at]}' is not understood");
        }

        return match.Groups["number"].Success ? Token(ConditionTokenKind.Number, match.Value, match)
            : match.Groups["word"].Success ? Token(ConditionTokenKind.Word, match.Value, match)
            : match.Groups["text"].Success
            ? Token(ConditionTokenKind.Text, match.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal), match)
            : match.Groups["quoted"].Success
            ? Token(ConditionTokenKind.Name, match.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal), match)
            : match.Groups["bracketed"].Success
            ? Token(ConditionTokenKind.Name, match.Groups["bracketed"].Value.Replace("]]", "]", StringComparison.Ordinal), match)
            : Token(ConditionTokenKind.Sign, match.Value switch { "==" => "=", "!=" => "<>", var sign => sign }, match);
    }

    private static ConditionToken Token(ConditionTokenKind kind, string value, Match match) =>
        new(kind, value, match.Index + 1, match.Index + match.Length);

    [GeneratedRegex(@"\G\s*")]
    private static partial Regex Space();

    // a word alone that is a relative date, with its offsets: yesterday, now-4h, startOfMonth - 1mo
    [GeneratedRegex(
        @"\G(?:now|today|yesterday|tomorrow|startOf(?:Minute|Hour|Day|Week|Month|Quarter|Year)|endOf(?:Week|Month|Quarter|Year))(?:\s*[+-]\s*\d{1,6}\s*(?:min|mo|s|h|d|w|q|y)(?![\p{L}\d_]))*(?![\p{L}\d_(.])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(
        @"\G(?:(?<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\d_]))|(?<word>[\p{L}_][\p{L}\p{M}\d_]*)|'(?<text>(?:[^']|'')*)'|""(?<quoted>(?:[^""]|"""")*)""|\[(?<bracketed>(?:[^\]]|\]\])*)\]|<=|>=|<>|!=|==|[<>=().])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
