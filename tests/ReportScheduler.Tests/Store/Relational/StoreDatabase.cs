using System.Data.Common;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Tests.Store.Relational;

/// <summary>A database of its own on a real server, for a store.</summary>
internal abstract class StoreDatabase : IDisposable
{
    protected string Name { get; } = $"store_{Guid.NewGuid():N}";

    /// <summary>The address of the store in it.</summary>
    public abstract string Address { get; }

    /// <summary>Makes the tables.</summary>
    public void Make()
    {
        var address = DatabaseAddress.Parse(Address);
        new RelationalDatabase(address, vault: null)
            .Unchecked(connection => RelationalSchema.TryBring(connection, address.Dialect, address.Text));
    }

    /// <summary>Makes the clock of the store stand still.</summary>
    public virtual void SetClock(long ticks) => Execute($"create or replace view clock as select {ticks} as now_at");

    /// <param name="sql">A statement.</param>
    /// <param name="value">The value of its parameter; null for none.</param>
    public void Execute(string sql, string? value = null) => Ask(command =>
    {
        if (value is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@value", value);
            command.Parameters.Add(parameter);
        }

        return command.ExecuteNonQuery();
    }, sql);

    public string Scalar(string sql) => Ask(command => command.ExecuteScalar()!.ToString()!, sql);

    public abstract void Dispose();

    protected abstract DbConnection Connect();

    private T Ask<T>(Func<DbCommand, T> ask, string sql)
    {
        using var connection = Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return ask(command);
    }
}
