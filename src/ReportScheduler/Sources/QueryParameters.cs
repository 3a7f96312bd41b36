using System.Data;
using Dapper;
using ReportScheduler.Rows;
using ReportScheduler.Sources.Providers;

namespace ReportScheduler.Sources;

/// <summary>The parameters of one command, for Dapper to bind, and the command that Dapper made for them.</summary>
internal sealed class QueryParameters : DynamicParameters, SqlMapper.IDynamicParameters
{
    private readonly Action<IDbCommand> prepare;

    /// <param name="provider">The kind of database.</param>
    /// <param name="parameters">Names and values; a list is an array, which not every database takes.</param>
    /// <param name="prepare">Gets the command when it is complete and before it runs.</param>
    public QueryParameters(DatabaseProvider provider, IReadOnlyList<ReportParameter> parameters, Action<IDbCommand> prepare)
    {
        this.prepare = prepare;
        foreach (var parameter in parameters)
        {
            Add(parameter.Name, new TypedParameter(provider, parameter.Value is Array items and not byte[]
                ? Typed([.. items.Cast<object?>().Select(item => provider.Value(parameter with { Value = item }))])
                : provider.Value(parameter)));
        }
    }

    void SqlMapper.IDynamicParameters.AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        AddParameters(command, identity);
        prepare(command);
    }

    private static Array Typed(object?[] items)
    {
        var type = items[0]!.GetType();
        if (items.Any(item => item!.GetType() != type))
        {
            return items;
        }

        var typed = Array.CreateInstance(type, items.Length);
        items.CopyTo(typed, 0);
        return typed;
    }
}
