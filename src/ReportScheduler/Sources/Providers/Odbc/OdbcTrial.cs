using System.Data;
using System.Data.Common;
using System.Data.Odbc;
using Dapper;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.Odbc;

/// <summary>ODBC prepares a statement and describes it without running it, where the driver can.</summary>
/// <remarks>
/// That of SQLite calls every column text that is worked out, until it has a row. A query that begins as one runs there to its first row,
/// in a session that may only read.
/// </remarks>
internal sealed class OdbcTrial(TrialRequest request, bool isSqlite) : QueryTrial(request)
{
    private const int ReadOnly = 8;

    private static readonly string[] Queries = ["SELECT", "WITH", "VALUES"];

    private readonly bool needsRow = isSqlite && request.Text.Batches is [{ Tokens: [var first, ..] }] && Array.Exists(Queries, first.Is);

    public override bool HasNoRows => !needsRow;

    public override string? Refusal =>
        Text.Batches.Any(batch => HasSeveral(batch.Tokens)) ? "ODBC describes one statement, and it has several" : null;

    public override void Try(Action<ResultSequence> read)
    {
        if (!needsRow)
        {
            using var results = Results(batch => Run(batch, CommandBehavior.SchemaOnly) is { FieldCount: > 0 } described ? described
                : throw new NotSupportedException("the driver describes no columns before a statement runs"));
            read(results);
            return;
        }

        var before = Connection.ExecuteScalar<long>("PRAGMA query_only");
        Execute("PRAGMA query_only = ON");
        try
        {
            using var results = Results(FirstRow);
            read(results);
        }
        finally
        {
            Execute($"PRAGMA query_only = {before}");
        }
    }

    public override string? Excuse(Exception problem) => problem switch
    {
        NotSupportedException => problem.Message,
        OdbcException { Errors: [{ NativeError: ReadOnly }, ..] } when needsRow =>
            "it changes data before it gives rows, and only a run does that",
        _ => null,
    };

    private DbDataReader FirstRow(SqlBatch batch)
    {
        var reader = Run(batch, CommandBehavior.Default);
        if (reader.HasRows)
        {
            return reader;
        }

        reader.Dispose();
        throw new NotSupportedException("the driver of SQLite tells the types of columns by the first row, and there is none now");
    }

    private static bool HasSeveral(IReadOnlyList<SqlToken> tokens) =>
        tokens.Where((token, i) => token.IsSign(';') && i + 1 < tokens.Count).Any();
}
