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

    /// <summary>How many rows go into a statement: one at least.</summary>
    /// <param name="from">The first of them.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="bytes">At most so many bytes of text; the greatest number where nobody counts them.</param>
    /// <param name="size">How many bytes of text they have, where that is counted.</param>
    public int Fitting(int from, int most, long bytes, out long size)
    {
        (var count, size) = (0, 0);
        if (bytes == long.MaxValue)
        {
            return Math.Min(most, Count - from);
        }

        for (; count < most && from + count < Count; count++)
        {
            var row = columns.Sum(column => column.Values is string?[] texts ? StatementSize.Of(texts[from + count]) : 0);
            if (count > 0 && size + row > bytes)
            {
                break;
            }

            size += row;
        }

        return count;
    }

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
