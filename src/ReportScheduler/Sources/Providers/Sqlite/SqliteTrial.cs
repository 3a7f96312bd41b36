using System.Data;
using Microsoft.Data.Sqlite;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.Sqlite;

/// <summary>SQLite: the query runs up to its first row in a transaction that is rolled
/// back; with transactions of its own, it may only read.</summary>
internal sealed class SqliteTrial(TrialRequest request) : QueryTrial(request)
{
    private const int ReadOnly = 8;

    private static readonly HashSet<string> Transactions = new(StringComparer.OrdinalIgnoreCase)
    {
        "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "VACUUM", "PRAGMA",
    };

    private readonly bool isOwn = request.Text.Batches.Any(batch => batch.Tokens.Where((token, i) =>
        (i == 0 || batch.Tokens[i - 1].IsSign(';')) && token.Kind == SqlTokenKind.Word && Transactions.Contains(token.Text)).Any());

    private bool isLasting;

    public override void Try(Action<ResultSequence> read)
    {
        Execute(isOwn ? "PRAGMA query_only = ON" : "BEGIN");
        SqliteGuard.SetForTrial(Connection, () => isLasting = true);
        try
        {
            using var results = Results(batch => Run(batch, CommandBehavior.Default));
            read(results);
        }
        finally
        {
            End();
        }
    }

    private void End()
    {
        SqliteGuard.Set(Connection);
        try
        {
            Execute(isOwn ? "PRAGMA query_only = OFF" : "ROLLBACK");
        }
        catch (SqliteException)
        {
            // an error has rolled it back already
        }
    }

    public override string? Excuse(Exception problem) =>
        isLasting && problem is SqliteException { SqliteErrorCode: SqliteGuard.Refused }
            ? "it makes files, or changes what no rollback undoes, and only a run does that"
        : isOwn && problem is SqliteException { SqliteErrorCode: ReadOnly }
        ? "it changes data in transactions of its own before it gives rows, and only a run does that"
        : null;
}
