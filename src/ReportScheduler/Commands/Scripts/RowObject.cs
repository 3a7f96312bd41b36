using System.Management.Automation;
using ReportScheduler.Rows;

namespace ReportScheduler.Commands.Scripts;

/// <summary>A row as an object of PowerShell.</summary>
internal static class RowObject
{
    /// <summary>One property a column, with the type of its value; NULL is null.</summary>
    public static PSObject Of(IReadOnlyList<SourceColumn> columns, ReadOnlySpan<Cell> cells)
    {
        var row = new PSObject();
        for (var i = 0; i < columns.Count; i++)
        {
            row.Properties.Add(new PSNoteProperty(columns[i].Name, Value(cells[i])));
        }

        return row;
    }

    private static object? Value(in Cell cell) => cell.Kind switch
    {
        CellKind.Null => null,
        CellKind.Boolean => cell.Boolean,
        CellKind.Integer => cell.Int64,
        CellKind.Decimal => cell.Decimal,
        CellKind.Double => cell.Double,
        CellKind.Date or CellKind.DateTime => cell.DateTime,
        CellKind.DateTimeOffset => cell.DateTimeOffset,
        CellKind.Time => cell.Time,
        CellKind.Guid => cell.Guid,
        CellKind.Binary => cell.Binary,
        _ => cell.Text,
    };
}
