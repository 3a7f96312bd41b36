using System.Data;
using ReportScheduler.Text;

namespace ReportScheduler.Store.Relational;

/// <summary>Rows of a table, column by column.</summary>
internal sealed class RowSet
{
    private readonly List<(string Name, Array Values, DbType Type)> columns = [];

    public IReadOnlyList<(string Name, Array Values, DbType Type)> Columns => columns;

    public int Count => columns[0].Values.Length;

    public IReadOnlyList<string> Names => [.. columns.Select(column => column.Name)];

    public RowSet With(string name, params string?[] values) =>
        Add(name, values.Select(text => text is null ? null : WholeText.Of(text)).ToArray(), DbType.String);

    public RowSet With(string name, params long?[] values) => Add(name, values, DbType.Int64);

    public RowSet With(string name, params int[] values) => Add(name, values, DbType.Int32);

    public RowSet With(string name, params bool[] values) => Add(name, values, DbType.Boolean);

    private RowSet Add(string name, Array values, DbType type)
    {
        columns.Add((name, values, type));
        return this;
    }
}
