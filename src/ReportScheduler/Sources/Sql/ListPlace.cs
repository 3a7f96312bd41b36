namespace ReportScheduler.Sources.Sql;

/// <summary>Finds a list of several values where a database takes one: = @ids, LIKE (@words), TOP (@n).</summary>
internal static class ListPlace
{
    private static readonly string[] OfOne = ["LIKE", "ILIKE", "BETWEEN", "TOP", "LIMIT", "OFFSET"];

    /// <summary>Behind these a list in parentheses is a row.</summary>
    private static readonly string[] OfRows = ["IN", "VALUES", "ROW"];

    /// <summary>Words in front of a row; another name there is a function.</summary>
    private static readonly string[] BeforeRows = ["WHERE", "AND", "OR", "NOT", "ON", "HAVING", "WHEN", "ROW", "SELECT"];

    /// <summary>What stands in front of the list and wants one value; null where a
    /// list belongs, and where only the database can tell.</summary>
    /// <param name="tokens">The text, taken apart.</param>
    /// <param name="i">The parameter that is a list.</param>
    /// <param name="isElement">Whether it is in parentheses already.</param>
    public static string? InTheWay(IReadOnlyList<SqlToken> tokens, int i, bool isElement)
    {
        var before = i - 1;
        if (isElement)
        {
            if (!tokens[i - 1].IsSign('(') || !tokens[i + 1].IsSign(')'))
            {
                return null;
            }

            before--;
            if (before < 0 || !(IsComparison(tokens[before]) || Array.Exists(OfOne, tokens[before].Is)))
            {
                return null;
            }
        }
        else if (before >= 0 && (tokens[before].IsSign(',') || tokens[before].IsSign('(') || Array.Exists(OfRows, tokens[before].Is)))
        {
            return null;
        }

        if (before < 0)
        {
            return "nothing";
        }

        var start = before;
        while (IsComparison(tokens[start]) && start > 0 && IsComparison(tokens[start - 1]))
        {
            start--;
        }

        return IsComparison(tokens[before]) && start > 0 && IsRow(tokens, start - 1)
            ? null
            : string.Concat(Enumerable.Range(start, before - start + 1).Select(at => tokens[at].Text));
    }

    private static bool IsComparison(SqlToken token) => token.IsSign('=') || token.IsSign('<') || token.IsSign('>') || token.IsSign('!');

    /// <summary>Whether a row such as (a, b) ends there, which may be compared with a list.</summary>
    private static bool IsRow(IReadOnlyList<SqlToken> tokens, int close)
    {
        if (!tokens[close].IsSign(')'))
        {
            return false;
        }

        var (depth, hasComma) = (0, false);
        for (var at = close - 1; at >= 0; at--)
        {
            if (tokens[at].IsSign('(') && depth-- == 0)
            {
                return hasComma && (at == 0 || !tokens[at - 1].IsName || Array.Exists(BeforeRows, tokens[at - 1].Is));
            }

            depth += tokens[at].IsSign(')') ? 1 : 0;
            hasComma |= depth == 0 && tokens[at].IsSign(',');
        }

        return false;
    }
}
