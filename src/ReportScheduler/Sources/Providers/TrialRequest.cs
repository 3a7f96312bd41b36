using System.Data;
using System.Data.Common;
using ReportScheduler.Rows;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers;

/// <summary>A query whose columns are wanted.</summary>
/// <param name="Connection">The session.</param>
/// <param name="Text">The query.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Run">Starts a batch.</param>
internal sealed record TrialRequest(DbConnection Connection, SqlText Text, IReadOnlyList<ReportParameter> Parameters,
    Func<SqlBatch, CommandBehavior, DbDataReader> Run);
