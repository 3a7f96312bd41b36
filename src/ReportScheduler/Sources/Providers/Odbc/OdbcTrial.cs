using System.Data;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.Odbc;

/// <summary>ODBC prepares a statement and describes it without running it, where the driver can.</summary>
internal sealed class OdbcTrial(TrialRequest request) : QueryTrial(request)
{
    public override bool HasNoRows => true;

    public override string? Refusal => Text.Batches.Any(batch => HasSeveral(batch.Tokens)) ? "ODBC describes one statement, and it has several" : null;

    public override void Try(Action<ResultSequence> read)
    {
        using var results = Results(batch => Run(batch, CommandBehavior.SchemaOnly) is { FieldCount: > 0 } described ? described
            : throw new NotSupportedException("the driver describes no columns before a statement runs"));
        read(results);
    }

    public override string? Excuse(Exception problem) => problem is NotSupportedException ? problem.Message : null;

    private static bool HasSeveral(IReadOnlyList<SqlToken> tokens) => tokens.Where((token, i) => token.IsSign(';') && i + 1 < tokens.Count).Any();
}
