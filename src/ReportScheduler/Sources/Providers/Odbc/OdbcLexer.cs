using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.Odbc;

/// <summary>SQL of a database that is not known: what nearly all of them have in common. Only @name is a parameter.</summary>
/// <remarks>Comments do not nest, a backslash is a backslash, $$...$$ is a string, and
/// names may stand in double quotes, backticks or brackets.</remarks>
internal sealed class OdbcLexer : SqlLexer
{
    protected override int Comment(string sql, int at) =>
        Follows(sql, at, "--") ? LineEnd(sql, at, '\n', '\r') : Follows(sql, at, "/*") ? BlockEnd(sql, at, nests: false) : at;

    protected override (int End, SqlTokenKind Kind) Quoted(string sql, int at) => sql[at] switch
    {
        '\'' => (QuoteEnd(sql, at + 1, '\''), SqlTokenKind.Text),
        '"' or '`' => (QuoteEnd(sql, at + 1, sql[at]), SqlTokenKind.QuotedName),
        '[' => (BracketEnd(sql, at), SqlTokenKind.QuotedName),
        '$' => (DollarEnd(sql, at), SqlTokenKind.Text),
        _ => (at, default),
    };

    protected override int Variable(string sql, int at, List<SqlToken> tokens)
    {
        if (sql[at] != '@')
        {
            return at;
        }

        // user@host, and the operators @>, <@, @@
        var isPart = tokens.Count > 0 && tokens[^1].End == at
            && (tokens[^1].IsName || tokens[^1].Kind == SqlTokenKind.Text || tokens[^1].IsSign('@'));
        if (!isPart && at + 1 < sql.Length && IsNameStart(sql[at + 1]))
        {
            return Named(sql, at, tokens);
        }

        // @@ROWCOUNT is one sign with its name
        var end = Follows(sql, at, "@@") ? NameEnd(sql, at + 2) : at + 1;
        tokens.Add(new SqlToken(SqlTokenKind.Sign, at, end, sql[at..end]));
        return end;
    }

    /// <summary>[Order Details] is a name; a[1] and ARRAY[@a] are not.</summary>
    private static int BracketEnd(string sql, int at)
    {
        var isIndex = at > 0 && (char.IsLetterOrDigit(sql[at - 1]) || sql[at - 1] is '_' or ']' or '"' or ')');
        var end = sql.IndexOf(']', at);
        return isIndex || end < 0 || sql.AsSpan(at, end - at).IndexOfAny('@', '\n', ',') >= 0 ? at : end + 1;
    }

    private int DollarEnd(string sql, int at)
    {
        var open = at + 1;
        while (open < sql.Length && sql[open] != '$' && IsNamePart(sql[open]))
        {
            open++;
        }

        if (open >= sql.Length || sql[open] != '$' || char.IsAsciiDigit(sql[at + 1]))
        {
            return at;
        }

        var tag = sql[at..(open + 1)];
        return sql.IndexOf(tag, open + 1, StringComparison.Ordinal) is var close and >= 0 ? close + tag.Length : at;
    }
}
