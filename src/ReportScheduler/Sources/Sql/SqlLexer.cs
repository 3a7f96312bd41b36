namespace ReportScheduler.Sources.Sql;

/// <summary>Takes SQL text apart as one database does. It finds words, strings and variables; it does not judge their order.</summary>
/// <remarks>What is not closed (a string, a comment) goes to the end of the text: the server says what is wrong with it.</remarks>
internal abstract class SqlLexer
{
    public List<SqlToken> Read(string sql)
    {
        var tokens = new List<SqlToken>();
        for (var place = 0; place < sql.Length;)
        {
            var next = char.IsWhiteSpace(sql[place]) ? place + 1 : Comment(sql, place);
            place = next > place ? next : Take(sql, place, tokens);
        }

        return tokens;
    }

    /// <summary>The place behind the comment that begins here; the same place when none does.</summary>
    protected abstract int Comment(string sql, int at);

    /// <summary>The place behind the string or quoted name that begins here, and which it is; the same place when none does.</summary>
    protected abstract (int End, SqlTokenKind Kind) Quoted(string sql, int at);

    /// <summary>Adds the variable that begins here, and what belongs to it. The same place when none does.</summary>
    protected abstract int Variable(string sql, int at, List<SqlToken> tokens);

    protected virtual bool IsNameStart(char sign) => char.IsLetter(sign) || sign == '_' || char.IsSurrogate(sign);

    protected virtual bool IsNamePart(char sign) => IsNameStart(sign) || char.IsDigit(sign) || sign == '$';

    protected static bool Follows(string sql, int at, string text) => string.CompareOrdinal(sql, at, text, 0, text.Length) == 0;

    protected static int LineEnd(string sql, int at, params char[] ends) =>
        sql.IndexOfAny(ends, at) is var end && end < 0 ? sql.Length : end;

    /// <summary>The place behind a comment that begins with /* here.</summary>
    protected static int BlockEnd(string sql, int at, bool nests)
    {
        var depth = 1;
        var place = at + 2;
        while (place < sql.Length && depth > 0)
        {
            var opens = nests && Follows(sql, place, "/*");
            var closes = !opens && Follows(sql, place, "*/");
            depth += opens ? 1 : closes ? -1 : 0;
            place += opens || closes ? 2 : 1;
        }

        return Math.Min(place, sql.Length);
    }

    /// <summary>The place behind a closing quote; a doubled one is a part of the text.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="at">The place behind the opening quote.</param>
    /// <param name="quote">What closes it.</param>
    /// <param name="escapes">A backslash takes the next sign for what it is.</param>
    protected static int QuoteEnd(string sql, int at, char quote, bool escapes = false)
    {
        for (var place = at; place < sql.Length; place++)
        {
            if (escapes && sql[place] == '\\')
            {
                place++;
            }
            else if (sql[place] == quote && !(place + 1 < sql.Length && sql[place + 1] == quote))
            {
                return place + 1;
            }
            else if (sql[place] == quote)
            {
                place++;
            }
        }

        return sql.Length;
    }

    protected int NameEnd(string sql, int at)
    {
        var end = at;
        while (end < sql.Length && IsNamePart(sql[end]))
        {
            end++;
        }

        return end;
    }

    /// <summary>Adds the variable whose name stands behind one sign.</summary>
    protected int Named(string sql, int at, List<SqlToken> tokens, SqlTokenKind kind = SqlTokenKind.Variable)
    {
        var end = NameEnd(sql, at + 1);
        tokens.Add(new SqlToken(kind, at, end, sql[(at + 1)..end]));
        return end;
    }

    private int Take(string sql, int at, List<SqlToken> tokens)
    {
        if (Quoted(sql, at) is var (end, quoted) && end > at)
        {
            tokens.Add(new SqlToken(quoted, at, end, sql[at..end]));
            return end;
        }

        if (Variable(sql, at, tokens) is var behind && behind > at)
        {
            return behind;
        }

        var (kind, stop) = IsNameStart(sql[at]) ? (SqlTokenKind.Word, NameEnd(sql, at))
            : char.IsAsciiDigit(sql[at]) ? (SqlTokenKind.Number, NumberEnd(sql, at))
            : (SqlTokenKind.Sign, at + 1);
        tokens.Add(new SqlToken(kind, at, stop, sql[at..stop]));
        return stop;
    }

    /// <summary>A word may follow a number at once: 1FROM, 2IN.</summary>
    private static int NumberEnd(string sql, int at)
    {
        if (Follows(sql, at, "0x") || Follows(sql, at, "0X"))
        {
            return While(sql, at + 2, char.IsAsciiHexDigit);
        }

        var end = While(sql, at, sign => char.IsAsciiDigit(sign) || sign == '.');
        if (end == sql.Length || sql[end] is not ('e' or 'E'))
        {
            return end;
        }

        end++;
        return While(sql, end < sql.Length && sql[end] is '+' or '-' ? end + 1 : end, char.IsAsciiDigit);
    }

    private static int While(string sql, int at, Predicate<char> holds)
    {
        while (at < sql.Length && holds(sql[at]))
        {
            at++;
        }

        return at;
    }
}
