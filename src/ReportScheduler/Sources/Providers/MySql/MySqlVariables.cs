using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.MySql;

/// <summary>Tells the parameters of a MySQL text from user variables, which are declared by being given a value.</summary>
internal static class MySqlVariables
{
    public static SqlBatch Batch(string sql)
    {
        var tokens = new MySqlLexer().Read(sql);
        var own = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is("INTO"))
            {
                List(tokens, i + 1, own);
            }
            else if (tokens[i].Is("CALL"))
            {
                Results(tokens, i + 1, own);
            }
            else if (tokens[i].IsVariable && IsAssigned(tokens, i))
            {
                own.Add(tokens[i].Text);
            }
        }

        IReadOnlyList<SqlToken> variables = [.. tokens.Where(token => token.IsVariable)];
        return new SqlBatch(sql, 1, tokens, variables)
        {
            Needed = variables.Select(token => token.Text).Where(name => !own.Contains(name)).ToHashSet(StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <summary>@a := 1 anywhere; @a = 1 in SET, and in GET DIAGNOSTICS.</summary>
    private static bool IsAssigned(List<SqlToken> tokens, int i)
    {
        if (i + 2 < tokens.Count && tokens[i + 1].IsSign(':') && tokens[i + 2].IsSign('='))
        {
            return true;
        }

        if (i + 1 >= tokens.Count || !tokens[i + 1].IsSign('='))
        {
            return false;
        }

        var depth = 0;
        for (var before = i - 1; before >= 0 && depth <= 0 && !tokens[before].IsSign(';'); before--)
        {
            depth += tokens[before].IsSign('(') ? 1 : tokens[before].IsSign(')') ? -1 : 0;
            if (depth == 0 && before == i - 1
                && !(tokens[before].IsSign(',') || tokens[before].Kind is SqlTokenKind.Word or SqlTokenKind.Number))
            {
                return false;
            }

            if (depth == 0 && (tokens[before].Is("SET") || tokens[before].Is("DIAGNOSTICS")))
            {
                // UPDATE t SET a = @a, b = @b gives columns a value
                return before == 0 || tokens[before - 1].IsSign(';') || tokens[before].Is("DIAGNOSTICS");
            }
        }

        return false;
    }

    /// <summary>INTO @a, @b.</summary>
    private static void List(List<SqlToken> tokens, int at, HashSet<string> own)
    {
        for (var i = at; i < tokens.Count && tokens[i].IsVariable; i += 2)
        {
            own.Add(tokens[i].Text);
            if (i + 1 >= tokens.Count || !tokens[i + 1].IsSign(','))
            {
                return;
            }
        }
    }

    /// <summary>CALL p(@total); SELECT @total: an argument that is read afterwards brings a result out.</summary>
    private static void Results(List<SqlToken> tokens, int at, HashSet<string> own)
    {
        var end = tokens.FindIndex(at, token => token.IsSign(';'));
        if (end < 0)
        {
            return;
        }

        var later = tokens.Skip(end).Where(token => token.IsVariable).Select(token => token.Text)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        own.UnionWith(tokens.Take(end).Skip(at).Where(token => token.IsVariable && later.Contains(token.Text)).Select(token => token.Text));
    }
}
