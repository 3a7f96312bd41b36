using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.Odbc;

/// <summary>Tells parameters from the variables of the text's own: what DECLARE and SET name, and what := gives a value.</summary>
internal static class OdbcVariables
{
    public static SqlBatch Batch(SqlLexer lexer, string sql)
    {
        var tokens = lexer.Read(sql);
        var own = tokens.Where((token, i) => token.IsVariable && IsOwn(tokens, i)).Select(token => token.Text)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<SqlToken> parameters = [.. tokens.Where(token => token.IsVariable && !own.Contains(token.Text))];
        return new SqlBatch(sql, 1, tokens,
            parameters) { Needed = parameters.Select(token => token.Text).ToHashSet(StringComparer.OrdinalIgnoreCase) };
    }

    private static bool IsOwn(List<SqlToken> tokens, int i) =>
        (i > 0 && (tokens[i - 1].Is("DECLARE") || (tokens[i - 1].Is("SET") && (i == 1 || tokens[i - 2].IsSign(';')))))
        || (i + 2 < tokens.Count && tokens[i + 1].IsSign(':') && tokens[i + 2].IsSign('='));
}
