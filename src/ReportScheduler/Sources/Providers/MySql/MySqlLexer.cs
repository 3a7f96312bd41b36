using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.MySql;

/// <summary>MySQL and MariaDB: # comments, -- only before a space, backslashes in strings, names between backticks.</summary>
/// <remarks>MySQL reference, 11.7 "Comments", 11.1.1 "String Literals", 11.4 "User-Defined Variables".</remarks>
internal sealed class MySqlLexer : SqlLexer
{
    protected override int Comment(string sql, int at) =>
        sql[at] == '#' || (Follows(sql, at, "--")
            && (at + 2 == sql.Length || char.IsWhiteSpace(sql[at + 2]) || char.IsControl(sql[at + 2]))) ? LineEnd(sql, at, '\n')
        // what stands between /*! and */ runs on the server, but the client puts no parameters in there
        : Follows(sql, at, "/*") ? BlockEnd(sql, at, nests: false) : at;

    protected override (int End, SqlTokenKind Kind) Quoted(string sql, int at) => sql[at] switch
    {
        '\'' or '"' => (QuoteEnd(sql, at + 1, sql[at], escapes: true), SqlTokenKind.Text),
        '`' => (QuoteEnd(sql, at + 1, '`'), SqlTokenKind.QuotedName),
        _ => (at, default),
    };

    protected override int Variable(string sql, int at, List<SqlToken> tokens)
    {
        if (sql[at] != '@')
        {
            return at;
        }

        // root@localhost is an account
        var isAccount = tokens.Count > 0 && tokens[^1] is var before && before.End == at
            && (before.IsName || before.Kind == SqlTokenKind.Text);
        if (!isAccount && at + 1 < sql.Length && IsNamePart(sql[at + 1]))
        {
            return Named(sql, at, tokens);
        }

        // @@version, and user variables with a quoted name
        var place = Follows(sql, at, "@@") ? at + 2 : at + 1;
        var end = place < sql.Length ? Math.Max(NameEnd(sql, place), Quoted(sql, place).End) : place;
        tokens.Add(new SqlToken(SqlTokenKind.Sign, at, end, sql[at..end]));
        return end;
    }
}
