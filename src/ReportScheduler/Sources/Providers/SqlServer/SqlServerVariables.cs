using System.Text.RegularExpressions;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>Tells the parameters of a T-SQL batch from its own variables, and from the names of a procedure's parameters.</summary>
/// <remarks>
/// Its own: what DECLARE lists. A procedure's: the name left of = in the arguments of EXEC, the list of CREATE PROCEDURE and everything
/// in its body, which reaches to the end of the batch.
/// </remarks>
internal static partial class SqlServerVariables
{
    private static readonly HashSet<string> Statements = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "EXEC", "EXECUTE", "SET", "IF", "WHILE", "BEGIN", "DECLARE", "PRINT",
        "RETURN", "OPEN", "FETCH",
        "CLOSE", "DEALLOCATE", "CREATE", "ALTER", "DROP", "TRUNCATE", "USE", "RAISERROR", "THROW", "COMMIT", "ROLLBACK", "SAVE", "GOTO",
        "WAITFOR", "BREAK", "CONTINUE",
    };

    private static readonly HashSet<string> Modules = new(StringComparer.OrdinalIgnoreCase) { "PROC", "PROCEDURE", "FUNCTION", "TRIGGER" };

    public static SqlBatch Batch(string sql, int times)
    {
        var tokens = new SqlServerLexer().Read(sql);
        var declared = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var theirs = new HashSet<int>();
        var end = 0;
        for (; end < tokens.Count && !IsModule(tokens, end); end++)
        {
            if (tokens[end].Is("DECLARE"))
            {
                Declared(tokens, end + 1, declared);
            }
            else if (tokens[end].Is("EXEC") || tokens[end].Is("EXECUTE"))
            {
                Arguments(tokens, end + 1, theirs);
            }
            else if (end == 0 && tokens[0].IsName && !Statements.Contains(tokens[0].Text))
            {
                // a procedure may be called without EXEC at the beginning of a batch
                Arguments(tokens, 0, theirs);
            }
        }

        IReadOnlyList<SqlToken> parameters = [
            .. tokens.Take(end).Where((token, i) => token.IsVariable && !theirs.Contains(i) && !declared.Contains(token.Text))];
        return new SqlBatch(sql, times, tokens, parameters)
        {
            Needed = parameters.Select(token => token.Text).ToHashSet(StringComparer.OrdinalIgnoreCase),
            Hidden = [.. tokens.Take(end).Where(token => token.Kind == SqlTokenKind.Text)
                .SelectMany(token => InXQuery().Matches(token.Text)).Select(match => match.Groups["name"].Value)
                .Where(name => !declared.Contains(name))],
        };
    }

    private static bool IsModule(List<SqlToken> tokens, int i)
    {
        if (!tokens[i].Is("CREATE") && !tokens[i].Is("ALTER"))
        {
            return false;
        }

        var at = i + 1 < tokens.Count && tokens[i + 1].Is("OR") ? i + 3 : i + 1;
        return at < tokens.Count && tokens[at].Kind == SqlTokenKind.Word && Modules.Contains(tokens[at].Text);
    }

    /// <summary>DECLARE @a int = (SELECT 1), @b AS date: each name at the beginning and behind a comma outside of parentheses.</summary>
    private static void Declared(List<SqlToken> tokens, int at, HashSet<string> declared)
    {
        var depth = 0;
        var isName = true;
        for (var i = at; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (isName && (!token.IsVariable || i + 1 == tokens.Count || !tokens[i + 1].IsName))
            {
                return;
            }

            if (isName)
            {
                declared.Add(token.Text);
                isName = false;
                // the type, which may be called like anything
                i += tokens[i + 1].Is("AS") ? 2 : 1;
                continue;
            }

            depth += token.IsSign('(') ? 1 : token.IsSign(')') ? -1 : 0;
            if (depth < 0 || (depth == 0 && (token.IsSign(';') || (token.Kind == SqlTokenKind.Word && Statements.Contains(token.Text)))))
            {
                return;
            }

            isName = depth == 0 && token.IsSign(',');
        }
    }

    /// <summary>[@result =] name [@parameter =] value [OUTPUT], ...: notes the parameters' names.</summary>
    private static void Arguments(List<SqlToken> tokens, int at, HashSet<int> theirs)
    {
        var i = IsVariable(at) && IsSign(at + 1, '=') ? at + 2 : at;
        if (i >= tokens.Count || !(tokens[i].IsName || tokens[i].IsVariable) || tokens[i].Is("AS"))
        {
            return;
        }

        for (i++; IsSign(i, '.') || (IsSign(i - 1, '.') && i < tokens.Count && tokens[i].IsName);)
        {
            i++;
        }

        if (IsSign(i, ';') && i + 1 < tokens.Count && tokens[i + 1].Kind == SqlTokenKind.Number)
        {
            // the number of a procedure in its group
            i += 2;
        }

        do
        {
            if (IsVariable(i) && IsSign(i + 1, '='))
            {
                theirs.Add(i);
                i += 2;
            }

            i = Value(i);
        }
        while (IsSign(i++, ','));

        bool IsVariable(int place) => place < tokens.Count && tokens[place].IsVariable;

        bool IsSign(int place, char sign) => place < tokens.Count && tokens[place].IsSign(sign);

        int Value(int place)
        {
            place += IsSign(place, '-') || IsSign(place, '+') ? 1 : 0;
            // N'text' is a word and a string
            place += place + 1 < tokens.Count && tokens[place].Is("N") && tokens[place + 1].Kind == SqlTokenKind.Text ? 2 : 1;
            return place + (place < tokens.Count && (tokens[place].Is("OUTPUT") || tokens[place].Is("OUT")) ? 1 : 0);
        }
    }

    [GeneratedRegex("""sql:variable\(\s*["']{1,2}@(?<name>[\w@#$]+)["']""")]
    private static partial Regex InXQuery();
}
