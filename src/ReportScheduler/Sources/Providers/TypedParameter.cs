using System.Data;
using Dapper;

namespace ReportScheduler.Sources.Providers;

/// <summary>A single value. The client's own mapping is used where it is exact, and corrected where it is not.</summary>
internal sealed class TypedParameter(ReportProvider provider, object? value) : SqlMapper.ICustomQueryParameter
{
    public void AddParameter(IDbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        if (provider == ReportProvider.SqlServer)
        {
            Adjust(parameter);
        }

        command.Parameters.Add(parameter);
    }

    /// <summary>datetime would round to 3.3 ms; one length for texts keeps one plan in the server's cache.</summary>
    private static void Adjust(IDbDataParameter parameter)
    {
        switch (parameter.Value)
        {
            case DateTime:
                parameter.DbType = DbType.DateTime2;
                break;
            case DateOnly date:
                parameter.DbType = DbType.Date;
                parameter.Value = date.ToDateTime(TimeOnly.MinValue);
                break;
            case TimeOnly time:
                parameter.DbType = DbType.Time;
                parameter.Value = time.ToTimeSpan();
                break;
            case string text:
                parameter.Size = text.Length <= 4000 ? 4000 : -1;
                break;
        }
    }
}
