using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>T-SQL: comments nest, a backslash is a backslash, names may stand in brackets and hold @, # and $.</summary>
/// <remarks>Transact-SQL reference, "Database identifiers", "Comment" and "Variables".</remarks>
internal sealed class SqlServerLexer : SqlLexer
{
    protected override int Comment(string sql, int at) =>
        Follows(sql, at, "--") ? LineEnd(sql, at, '\n', '\r') : Follows(sql, at, "/*") ? BlockEnd(sql, at, nests: true) : at;

    protected override (int End, SqlTokenKind Kind) Quoted(string sql, int at) => sql[at] switch
    {
        '\'' => (QuoteEnd(sql, at + 1, '\''), SqlTokenKind.Text),
        // a string where QUOTED_IDENTIFIER is off; no variable either way
        '"' => (QuoteEnd(sql, at + 1, '"'), SqlTokenKind.QuotedName),
        '[' => (QuoteEnd(sql, at + 1, ']'), SqlTokenKind.QuotedName),
        _ => (at, default),
    };

    protected override int Variable(string sql, int at, List<SqlToken> tokens)
    {
        if (sql[at] == '$' && at + 1 < sql.Length && IsNameStart(sql[at + 1]))
        {
            // $action, $identity
            var word = NameEnd(sql, at + 1);
            tokens.Add(new SqlToken(SqlTokenKind.Word, at, word, sql[at..word]));
            return word;
        }

        if (sql[at] != '@')
        {
            return at;
        }

        if (!Follows(sql, at, "@@"))
        {
            return Named(sql, at, tokens);
        }

        // @@ROWCOUNT and the like
        var end = NameEnd(sql, at);
        tokens.Add(new SqlToken(SqlTokenKind.Sign, at, end, sql[at..end]));
        return end;
    }

    protected override bool IsNameStart(char sign) => base.IsNameStart(sign) || sign == '#';

    protected override bool IsNamePart(char sign) => base.IsNamePart(sign) || sign == '@';
}
