using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.Sqlite;

/// <summary>SQLite: names in any quotes, no backslashes, and @name, :name and $name are parameters.</summary>
/// <remarks>https://www.sqlite.org/lang_expr.html#varparam and src/tokenize.c.</remarks>
internal sealed class SqliteLexer : SqlLexer
{
    protected override int Comment(string sql, int at) =>
        Follows(sql, at, "--") ? LineEnd(sql, at, '\n') : Follows(sql, at, "/*") ? BlockEnd(sql, at, nests: false) : at;

    protected override (int End, SqlTokenKind Kind) Quoted(string sql, int at) => sql[at] switch
    {
        '\'' => (QuoteEnd(sql, at + 1, '\''), SqlTokenKind.Text),
        '"' or '`' => (QuoteEnd(sql, at + 1, sql[at]), SqlTokenKind.QuotedName),
        // the first ] ends it
        '[' => (LineEnd(sql, at, ']') is var end && end < sql.Length ? end + 1 : end, SqlTokenKind.QuotedName),
        _ => (at, default),
    };

    protected override int Variable(string sql, int at, List<SqlToken> tokens) =>
        sql[at] is '@' or ':' or '$' && at + 1 < sql.Length && IsNamePart(sql[at + 1]) ? Named(sql, at, tokens) : at;
}
