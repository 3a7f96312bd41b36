using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;
using ReportScheduler.Sources.Sql;
using SqlBatch = ReportScheduler.Sources.Sql.SqlBatch;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>SQL Server describes the first result of each batch and runs nothing;
/// only USE and SET run, on which the rest depends.</summary>
/// <remarks>sp_describe_first_result_set, SQL Server 2012 and later.</remarks>
internal sealed class SqlServerTrial(DatabaseProvider provider, TrialRequest request) : QueryTrial(request)
{
    private static readonly HashSet<string> Doing = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "EXEC", "EXECUTE", "CREATE", "ALTER", "DROP", "TRUNCATE", "DECLARE", "IF",
        "WHILE", "BEGIN", "BACKUP", "RESTORE",
    };

    public override bool HasNoRows => true;

    public override void Try(Action<ResultSequence> read)
    {
        using var results = Results(batch => IsSetting(batch) ? Run(batch, CommandBehavior.Default) : Describe(batch));
        read(results);
    }

    /// <summary>11501 to 11549: dynamic SQL, temporary tables and other things whose columns only
    /// a run can tell; 208 of a temporary table that was not made.</summary>
    public override string? Excuse(Exception problem) => problem is SqlException { Number: (>= 11501 and <= 11549) or 208 } server
        && (server.Number != 208 || server.Message.Contains("'#", StringComparison.Ordinal))
        ? $"SQL Server can tell its columns only by running it: {server.Message}" : null;

    private static bool IsSetting(SqlBatch batch) =>
        batch.Tokens.Count > 0 && (batch.Tokens[0].Is("USE") || batch.Tokens[0].Is("SET"))
            && !batch.Tokens.Any(token => token.Kind == SqlTokenKind.Word && Doing.Contains(token.Text));

    private DescribedReader Describe(SqlBatch batch)
    {
        var (sql, mentioned) = provider.Bind(batch, Parameters);
        using var typed = Connection.CreateCommand();
        foreach (var parameter in mentioned)
        {
            new TypedParameter(provider, provider.Value(parameter)).AddParameter(typed, parameter.Name);
        }

        using var command = Connection.CreateCommand();
        command.CommandText = mentioned.Count == 0
            ? "EXEC sys.sp_describe_first_result_set @tsql"
            : "EXEC sys.sp_describe_first_result_set @tsql, @params";
        new TypedParameter(provider, sql).AddParameter(command, "tsql");
        if (mentioned.Count > 0)
        {
            new TypedParameter(provider, string.Join(", ", typed.Parameters.Cast<SqlParameter>().Select(Declaration))).AddParameter(command,
                "params");
        }

        using var reader = command.ExecuteReader();
        var columns = new List<(string, string)>();
        while (reader.FieldCount > 0 && reader.Read())
        {
            if (reader["is_hidden"] is not true)
            {
                columns.Add((reader["name"] as string ?? "", reader["system_type_name"] as string ?? ""));
            }
        }

        return new DescribedReader(columns);
    }

    private static string Declaration(SqlParameter parameter) => $"@{parameter.ParameterName.TrimStart('@')} " + parameter.SqlDbType switch
    {
        SqlDbType.NVarChar => parameter.Size is > 0 and <= 4000 ? "nvarchar(4000)" : "nvarchar(max)",
        SqlDbType.VarBinary => "varbinary(max)",
        SqlDbType.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal(38,{(parameter.Value as decimal?)?.Scale ?? 0})"),
        var type => type.ToString().ToLowerInvariant(),
    };
}
