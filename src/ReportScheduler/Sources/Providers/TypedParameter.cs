using System.Data;
using Dapper;

namespace ReportScheduler.Sources.Providers;

/// <summary>A single value. The client's own mapping is used where it is exact, and corrected where it is not.</summary>
internal sealed class TypedParameter(DatabaseProvider provider, object? value) : SqlMapper.ICustomQueryParameter
{
    public void AddParameter(IDbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        provider.Adjust(parameter);
        command.Parameters.Add(parameter);
    }
}
