using System.Data;
using System.Data.Common;
using Npgsql;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.PostgreSql;

/// <summary>PostgreSQL describes a statement without running it. Where one needs what an earlier one
/// makes, the earlier ones run in a transaction that is rolled back.</summary>
internal sealed class PostgreSqlTrial(TrialRequest request) : QueryTrial(request)
{
    public override bool HasNoRows => true;

    public override void Try(Action<ResultSequence> read)
    {
        try
        {
            using var described = Results(batch => Run(batch, CommandBehavior.SchemaOnly));
            read(described);
        }
        catch (PostgresException) when (Text.IsTransactionNeeded)
        {
            using var tried = Results(RunUnlessItHasColumns);
            read(tried);
        }
    }

    public override string? Excuse(Exception problem) =>
        problem is PostgresException { SqlState: "42P01" or "42883" or "3F000" } && Text.Batches.Count > 1 && !Text.IsTransactionNeeded
        ? $"it has transactions of its own, and needs what an earlier statement makes: {problem.Message}" : null;

    private DbDataReader RunUnlessItHasColumns(SqlBatch batch)
    {
        var described = Run(batch, CommandBehavior.SchemaOnly);
        if (described.FieldCount > 0)
        {
            return described;
        }

        described.Dispose();
        return Run(batch, CommandBehavior.Default);
    }
}
