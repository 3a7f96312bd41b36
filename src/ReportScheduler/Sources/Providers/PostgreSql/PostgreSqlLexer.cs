using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.PostgreSql;

/// <summary>PostgreSQL: comments nest, strings stand between dollars too, only E'...'
/// knows backslashes, and @ may be a part of an operator.</summary>
/// <remarks>PostgreSQL documentation, 4.1 "Lexical Structure". @name and :name are what Npgsql takes for a parameter.</remarks>
internal sealed class PostgreSqlLexer : SqlLexer
{
    private const string OperatorSigns = "+-*/<>=~!@#%^&|`?";

    /// <summary>The operators that end in @: contained by, starts with, absolute value, and those of ltree.</summary>
    private static readonly HashSet<string> Operators = ["<@", "^@", "@-@", "^<@", "?<@"];

    protected override int Comment(string sql, int at) =>
        Follows(sql, at, "--") ? LineEnd(sql, at, '\n', '\r') : Follows(sql, at, "/*") ? BlockEnd(sql, at, nests: true) : at;

    protected override (int End, SqlTokenKind Kind) Quoted(string sql, int at) => sql[at] switch
    {
        '\'' => (QuoteEnd(sql, at + 1, '\''), SqlTokenKind.Text),
        'E' or 'e' when Follows(sql, at + 1, "'") => (QuoteEnd(sql, at + 2, '\'', escapes: true), SqlTokenKind.Text),
        '"' => (QuoteEnd(sql, at + 1, '"'), SqlTokenKind.QuotedName),
        '$' => (DollarEnd(sql, at), SqlTokenKind.Text),
        _ => (at, default),
    };

    protected override int Variable(string sql, int at, List<SqlToken> tokens)
    {
        if (sql[at] == ':')
        {
            return Colon(sql, at, tokens);
        }

        var end = OperatorEnd(sql, at);
        if (end == at)
        {
            return at;
        }

        var isNamed = sql[end - 1] == '@' && end < sql.Length && IsNameStart(sql[end]) && !(end - at > 1 && sql[end - 2] == '@');
        var place = isNamed ? end - 1 : end;
        if (place > at)
        {
            tokens.Add(new SqlToken(SqlTokenKind.Sign, at, place, sql[at..place]));
        }

        return isNamed
            ? Named(sql, place, tokens, Operators.Contains(sql[at..end]) ? SqlTokenKind.MaybeVariable : SqlTokenKind.Variable)
            : end;
    }

    /// <summary>A cast (::), an assignment (:=), the end of a slice, or a parameter.</summary>
    private int Colon(string sql, int at, List<SqlToken> tokens)
    {
        if (at + 1 < sql.Length && IsNameStart(sql[at + 1]))
        {
            return Named(sql, at, tokens, SqlTokenKind.MaybeVariable);
        }

        var end = at + (at + 1 < sql.Length && sql[at + 1] is ':' or '=' ? 2 : 1);
        tokens.Add(new SqlToken(SqlTokenKind.Sign, at, end, sql[at..end]));
        return end;
    }

    private static int OperatorEnd(string sql, int at)
    {
        var end = at;
        while (end < sql.Length && OperatorSigns.Contains(sql[end], StringComparison.Ordinal) && !Follows(sql, end, "--")
            && !Follows(sql, end, "/*"))
        {
            end++;
        }

        return end;
    }

    private int DollarEnd(string sql, int at)
    {
        var tag = at + 1;
        while (tag < sql.Length && (IsNameStart(sql[tag]) || (char.IsDigit(sql[tag]) && tag > at + 1)))
        {
            tag++;
        }

        if (tag >= sql.Length || sql[tag] != '$')
        {
            return at;
        }

        var mark = sql[at..(tag + 1)];
        var end = sql.IndexOf(mark, tag + 1, StringComparison.Ordinal);
        return end < 0 ? sql.Length : end + mark.Length;
    }
}
