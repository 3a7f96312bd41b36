using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Sources;

/// <summary>Opens connections as a run does.</summary>
internal static class Databases
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static ReportConnection Connection(string? provider, string text, string name = "db")
    {
        var parsed = ConnectionDefinition.Parse(name, provider, text, Path.GetFullPath);
        return new ReportConnection
        {
            Name = name,
            Provider = parsed.Provider,
            ConnectionString = parsed.ConnectionString,
            UserName = parsed.UserName,
            ProtectedPassword = parsed.Password is null ? null : new PlainSecrets().Protect(parsed.Password),
        };
    }

    public static ReportDatabase Open(string provider, string text, CancellationToken cancel = default) =>
        ReportDatabase.Open(Connection(provider, text), new PlainSecrets(), retry: 0, Limit, cancel);

    /// <summary>The first row: the value and the usual type of each column.</summary>
    public static List<(object? Value, Type Type, string Name)> Row(this ReportDatabase database, string sql,
        params (string Name, object? Value)[] parameters)
    {
        using var reader = database.Execute(sql, [.. parameters.Select(parameter => new ReportParameter(parameter.Name, parameter.Value))],
            Limit, CancellationToken.None);
        Assert.True(reader.Read());
        return [.. Enumerable.Range(0, reader.FieldCount).Select(column => (
            reader.GetValue(column) is DBNull ? null : reader.GetValue(column), reader.GetFieldType(column),
            reader.GetDataTypeName(column)))];
    }
}
