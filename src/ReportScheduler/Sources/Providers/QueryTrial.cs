using System.Data;
using System.Data.Common;
using Dapper;
using ReportScheduler.Rows;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers;

/// <summary>Finds out the columns of a query and leaves the database as it is. What each database can do for that differs.</summary>
/// <param name="connection">The session.</param>
/// <param name="text">The query.</param>
/// <param name="run">Starts a batch.</param>
internal abstract class QueryTrial(DbConnection connection, SqlText text, Func<SqlBatch, CommandBehavior, DbDataReader> run)
{
    protected DbConnection Connection => connection;

    protected SqlText Text => text;

    public static QueryTrial Of(
        ReportProvider provider, DbConnection connection, SqlText text, IReadOnlyList<ReportParameter> parameters, Func<SqlBatch, CommandBehavior, DbDataReader> run) => provider switch
        {
            ReportProvider.SqlServer => new SqlServerTrial(connection, text, parameters, run),
            ReportProvider.PostgreSql => new PostgreSqlTrial(connection, text, run),
            ReportProvider.MySql => new MySqlTrial(connection, text, run),
            _ => new SqliteTrial(connection, text, run),
        };

    /// <summary>Why the columns cannot be told without running the query; null when they can.</summary>
    public virtual string? Refusal => null;

    /// <summary>The columns as the first result with any shows them.</summary>
    /// <param name="read">Looks at them.</param>
    public abstract void Try(Action<ResultSequence> read);

    /// <summary>Why a problem is none of the query but of trying it; null when it is the query's.</summary>
    public virtual string? Excuse(Exception problem) => null;

    protected ResultSequence Results(Func<SqlBatch, DbDataReader> start) => new(connection, text, start, keeps: false);

    protected DbDataReader Run(SqlBatch batch, CommandBehavior behavior) => run(batch, behavior);

    protected void Execute(string sql) => connection.Execute(sql, commandType: CommandType.Text);
}
