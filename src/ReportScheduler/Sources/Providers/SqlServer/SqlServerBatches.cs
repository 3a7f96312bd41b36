using System.Globalization;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>Splits a script at GO, as SSMS and sqlcmd do: alone on its line, in any case, with a count and a comment behind it.</summary>
internal static class SqlServerBatches
{
    /// <summary>The batches that hold anything, and how often each runs.</summary>
    public static IEnumerable<(string Text, int Times)> Split(string sql)
    {
        var tokens = new SqlServerLexer().Read(sql);
        var (start, first) = (0, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Separator(sql, tokens, i) is not (var times, var count))
            {
                continue;
            }

            if (i > first && times > 0)
            {
                yield return (sql[start..tokens[i].Start], times);
            }

            i += count - 1;
            (start, first) = (NextLine(sql, tokens[i].End), i + 1);
        }

        if (tokens.Count > first || first == 0)
        {
            yield return (sql[start..], 1);
        }
    }

    /// <summary>How often the batch before it runs, and how many tokens the separator has; null when there is none here.</summary>
    private static (int Times, int Tokens)? Separator(string sql, List<SqlToken> tokens, int i)
    {
        if (!tokens[i].Is("GO") || !IsFirst(sql, tokens[i].Start))
        {
            return null;
        }

        var lineEnd = sql.IndexOfAny(['\n', '\r'], tokens[i].End) is var end && end < 0 ? sql.Length : end;
        var rest = tokens.Skip(i + 1).TakeWhile(token => token.Start < lineEnd).ToList();
        return rest switch
        {
            [] => (1, 1),
            [var sign] when sign.IsSign(';') => (1, 2),
            [{ Kind: SqlTokenKind.Number } count, ..] when int.TryParse(count.Text, NumberStyles.None, CultureInfo.InvariantCulture,
                out var times)
                && (rest.Count == 1 || (rest.Count == 2 && rest[1].IsSign(';'))) => (times, rest.Count + 1),
            _ => null,
        };
    }

    /// <summary>The beginning of the next line, so that the server counts lines from there; a comment over several lines stays.</summary>
    private static int NextLine(string sql, int at)
    {
        var end = sql.IndexOf('\n', at) is var found && found < 0 ? sql.Length : found + 1;
        var rest = sql.AsSpan(at, end - at).Trim();
        return rest.Length == 0 || rest.StartsWith("--") || (rest.StartsWith("/*") && rest.EndsWith("*/")) ? end : at;
    }

    private static bool IsFirst(string sql, int at)
    {
        while (at > 0 && sql[at - 1] is not ('\n' or '\r'))
        {
            if (!char.IsWhiteSpace(sql[--at]))
            {
                return false;
            }
        }

        return true;
    }
}
