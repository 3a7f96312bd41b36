using System.Data;
using System.Data.Common;
using Dapper;
using ReportScheduler.Rows;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers;

/// <summary>Finds out the columns of a query and leaves the database as it is. What each database can do for that differs.</summary>
/// <param name="request">The query.</param>
internal abstract class QueryTrial(TrialRequest request)
{
    /// <summary>Why the columns cannot be told without running the query; null when they can.</summary>
    public virtual string? Refusal => null;

    /// <summary>What was described has no rows, and nothing runs that would have to be stopped.</summary>
    public virtual bool HasNoRows => false;

    protected DbConnection Connection => request.Connection;

    protected SqlText Text => request.Text;

    protected IReadOnlyList<ReportParameter> Parameters => request.Parameters;

    /// <summary>The columns as the first result with any shows them.</summary>
    /// <param name="read">Looks at them.</param>
    public abstract void Try(Action<ResultSequence> read);

    /// <summary>Why a problem is none of the query but of trying it; null when it is the query's.</summary>
    public virtual string? Excuse(Exception problem) => null;

    protected ResultSequence Results(Func<SqlBatch, DbDataReader> start) => new(Connection, Text, start, keeps: false);

    protected DbDataReader Run(SqlBatch batch, CommandBehavior behavior) => request.Run(batch, behavior);

    protected void Execute(string sql) => Connection.Execute(sql, commandType: CommandType.Text);
}
