using System.Data;
using Dapper;

namespace ReportScheduler.Store.Relational;

/// <summary>A list as the value of one parameter, in the way of the database.</summary>
internal sealed class StoreList(Action<IDbCommand, string> add) : SqlMapper.ICustomQueryParameter
{
    /// <summary>As one value.</summary>
    public static StoreList Of(object value) => new((command, name) => Add(command, name, value));

    /// <summary>As a list of values in brackets.</summary>
    public static StoreList Each(IReadOnlyCollection<string> values) => new((command, name) =>
    {
        var names = values.Select((_, at) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@{name}{at}x")).ToList();
        command.CommandText = command.CommandText.Replace($"@{name} ", $"({(names.Count > 0 ? string.Join(", ", names) : "null")}) ",
            StringComparison.Ordinal);
        foreach (var (value, each) in values.Zip(names))
        {
            Add(command, each[1..], value);
        }
    });

    public void AddParameter(IDbCommand command, string name) => add(command, name);

    private static void Add(IDbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
