using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>Finds a statement that changes data for good. Tables of the session's own (#name, @name) may be made and filled.</summary>
/// <remarks>What a procedure does is not seen.</remarks>
internal static class SqlServerWrites
{
    private static readonly HashSet<string> Changes =
        new(StringComparer.OrdinalIgnoreCase) { "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE" };

    private static readonly HashSet<string> Definitions = new(StringComparer.OrdinalIgnoreCase) { "CREATE", "ALTER", "DROP" };

    private static readonly HashSet<string> Others =
        new(StringComparer.OrdinalIgnoreCase) { "GRANT", "REVOKE", "DENY", "BACKUP", "RESTORE", "DBCC", "KILL", "SHUTDOWN", "RECONFIGURE" };

    /// <summary>Words of the target that say nothing of it.</summary>
    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase) { "INTO", "FROM", "TABLE", "TOP", "INDEX",
        "UNIQUE", "CLUSTERED", "NONCLUSTERED", "IF", "EXISTS", "PERCENT" };

    public static string? First(SqlText text) =>
        text.Batches.Select(batch => First(batch.Tokens)).FirstOrDefault(found => found is not null);

    private static string? First(IReadOnlyList<SqlToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != SqlTokenKind.Word || (i > 0 && (tokens[i - 1].IsSign('.') || tokens[i - 1].Is("AS"))))
            {
                continue;
            }

            if ((IsChange(tokens, i) || (Definitions.Contains(tokens[i].Text) && i + 1 < tokens.Count
                && tokens[i + 1].Kind == SqlTokenKind.Word)) && !IsOwn(tokens, i + 1))
            {
                return tokens[i].Text.ToUpperInvariant();
            }

            if (tokens[i].Is("INTO") && !Changed(tokens, i) && !IsOwn(tokens, i + 1))
            {
                return "SELECT INTO";
            }

            if (Others.Contains(tokens[i].Text) && IsFirst(tokens, i))
            {
                return tokens[i].Text.ToUpperInvariant();
            }
        }

        return null;
    }

    /// <summary>UPDATE() and DELETE in ON DELETE CASCADE are none; FOR UPDATE neither.</summary>
    private static bool IsChange(IReadOnlyList<SqlToken> tokens, int i) => Changes.Contains(tokens[i].Text)
        && i + 1 < tokens.Count && !tokens[i + 1].IsSign(',') && !tokens[i + 1].IsSign(')') && !tokens[i + 1].IsSign('=')
        && !tokens[i + 1].Is("JOIN") && !tokens[i + 1].Is("UNION")
        && !(tokens[i].Is("UPDATE") && tokens[i + 1].IsSign('('))
        && !(i > 0 && (tokens[i - 1].Is("FOR") || tokens[i - 1].Is("ON") || tokens[i - 1].Is("INNER") || tokens[i - 1].Is("LEFT")
            || tokens[i - 1].Is("FETCH")));

    /// <summary>INTO of an INSERT, a MERGE or a FETCH, or of OUTPUT.</summary>
    private static bool Changed(IReadOnlyList<SqlToken> tokens, int i)
    {
        for (var before = i - 1; before >= 0 && !tokens[before].IsSign(';'); before--)
        {
            if (tokens[before].Is("SELECT"))
            {
                return false;
            }

            if (tokens[before].Is("INSERT") || tokens[before].Is("MERGE") || tokens[before].Is("FETCH") || tokens[before].Is("OUTPUT"))
            {
                return true;
            }
        }

        return true;
    }

    private static bool IsFirst(IReadOnlyList<SqlToken> tokens, int i) =>
        i == 0 || tokens[i - 1].IsSign(';') || tokens[i - 1].Is("BEGIN") || tokens[i - 1].Is("GO");

    /// <summary>Whether the target that begins here is a table of the session's own.</summary>
    private static bool IsOwn(IReadOnlyList<SqlToken> tokens, int at)
    {
        var i = at;
        for (; i < tokens.Count && (Fillers.Contains(tokens[i].Text) || tokens[i].IsSign('(') || tokens[i].IsSign(')')
            || tokens[i].Kind == SqlTokenKind.Number); i++)
        {
        }

        return i < tokens.Count
            && (tokens[i].IsVariable || tokens[i].Text.StartsWith('#') || tokens[i].Text.StartsWith("[#", StringComparison.Ordinal)
            || (tokens[at - 1].Is("UPDATE") || tokens[at - 1].Is("DELETE")
                ? IsAliasOfOwn(tokens, tokens[i].Text)
                : IsIndexOfOwn(tokens, at)));
    }

    /// <summary>UPDATE t SET ... FROM #tmp AS t.</summary>
    private static bool IsAliasOfOwn(IReadOnlyList<SqlToken> tokens, string name) =>
        Enumerable.Range(0, tokens.Count - 1).Any(i => tokens[i].Text.StartsWith('#')
        && tokens.ElementAtOrDefault(tokens[i + 1].Is("AS") ? i + 2 : i + 1) is { IsName: true } alias
        && alias.Text.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>CREATE INDEX i ON #t.</summary>
    private static bool IsIndexOfOwn(IReadOnlyList<SqlToken> tokens, int at)
    {
        var rest = tokens.Skip(at).TakeWhile(token => !token.IsSign(';') && !token.IsSign('(')).ToList();
        var on = rest.FindIndex(token => token.Is("ON"));
        return rest.Exists(token => token.Is("INDEX")) && on >= 0 && on + 1 < rest.Count && rest[on + 1].Text.StartsWith('#');
    }
}
