using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.PostgreSql;

/// <summary>Splits a PostgreSQL text into its statements, since the server describes the columns of one at a time.</summary>
internal static class PostgreSqlStatements
{
    private static readonly HashSet<string> TransactionWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE",
    };

    /// <summary>The statements that hold anything; one that is empty for an empty text.</summary>
    public static IEnumerable<string> Split(string sql)
    {
        var tokens = new PostgreSqlLexer().Read(sql);
        var (start, first, depth, block) = (0, 0, 0, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            depth += tokens[i].IsSign('(') ? 1 : tokens[i].IsSign(')') ? -1 : 0;
            // the body of a function in standard SQL: BEGIN ATOMIC ...; ...; END
            block += tokens[i].Is("ATOMIC") && i > 0 && tokens[i - 1].Is("BEGIN") ? 1
                : block > 0 && tokens[i].Is("CASE") ? 1
                : block > 0 && tokens[i].Is("END") ? -1
                : 0;
            if (depth > 0 || block > 0 || !tokens[i].IsSign(';'))
            {
                continue;
            }

            if (i > first)
            {
                yield return sql[start..tokens[i].Start];
            }

            (start, first, depth) = (tokens[i].End, i + 1, 0);
        }

        if (tokens.Count > first || first == 0)
        {
            yield return sql[start..];
        }
    }

    /// <summary>Whether a statement begins or ends a transaction.</summary>
    public static bool IsTransaction(SqlBatch statement) =>
        statement.Tokens.Count > 0 && statement.Tokens[0].Kind == SqlTokenKind.Word && TransactionWords.Contains(statement.Tokens[0].Text);
}
