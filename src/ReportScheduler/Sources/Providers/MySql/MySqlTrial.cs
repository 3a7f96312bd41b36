using System.Data;
using MySqlConnector;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.MySql;

/// <summary>MySQL and MariaDB describe nothing: the query is started in a session that
/// may only read, and stopped before its rows are read.</summary>
internal sealed class MySqlTrial(TrialRequest request) : QueryTrial(request)
{
    private const string Writes = "it changes data before it gives rows, and only a run does that";

    /// <summary>Statements that end a transaction by themselves, or write where a transaction does not reach.</summary>
    private static readonly HashSet<string> Definitions = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALTER", "RENAME", "TRUNCATE", "GRANT", "REVOKE", "LOAD", "LOCK", "ANALYZE", "OPTIMIZE", "REPAIR", "FLUSH", "RESET", "KILL",
        "INSTALL", "UNINSTALL", "START", "BEGIN", "COMMIT", "ROLLBACK", "SHUTDOWN", "PURGE",
    };

    /// <summary>What SET changes of the session's being read-only, or of the server.</summary>
    private static readonly HashSet<string> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        "TRANSACTION", "AUTOCOMMIT", "TX_READ_ONLY", "TRANSACTION_READ_ONLY", "GLOBAL", "PERSIST", "PERSIST_ONLY", "PASSWORD",
    };

    public override string? Refusal =>
        Text.Batches.Any(batch => batch.Tokens.Where((_, i) => IsWrite(batch.Tokens, i)).Any()) ? Writes : null;

    public override void Try(Action<ResultSequence> read)
    {
        Execute("SET SESSION TRANSACTION READ ONLY");
        Execute("START TRANSACTION READ ONLY");
        using var results = Results(batch => Run(batch, CommandBehavior.Default));
        read(results);
    }

    /// <summary>1792: cannot execute statement in a READ ONLY transaction.</summary>
    public override string? Excuse(Exception problem) => problem is MySqlException { Number: 1792 } ? Writes : null;

    private static bool IsWrite(IReadOnlyList<SqlToken> tokens, int i)
    {
        var isFirst = i == 0 || tokens[i - 1].IsSign(';');
        var isTemporary = i + 1 < tokens.Count && tokens[i + 1].Is("TEMPORARY");
        return (isFirst && tokens[i].Is("SET")
            && tokens.Skip(i + 1).TakeWhile(token => !token.IsSign(';')).Any(token => Settings.Contains(token.Text.TrimStart('@'))))
            || tokens[i].Is("OUTFILE") || tokens[i].Is("DUMPFILE")
            || (isFirst && tokens[i].Kind == SqlTokenKind.Word
                && (Definitions.Contains(tokens[i].Text) || (!isTemporary && (tokens[i].Is("CREATE") || tokens[i].Is("DROP")))));
    }
}
