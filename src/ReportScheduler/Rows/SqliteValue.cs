using Microsoft.Data.Sqlite;

namespace ReportScheduler.Rows;

/// <summary>The values of SQLite, where a declaration is a wish and each value has a type of its own.</summary>
internal static class SqliteValue
{
    /// <summary>Whether a column may be an expression whose first value is NULL, so that only later ones tell its kind.</summary>
    public static bool IsOpen(SqliteDataReader reader, int column) =>
        reader.GetDataTypeName(column).Equals("BLOB", StringComparison.OrdinalIgnoreCase);

    /// <summary>The kind a column is declared to have, or for an expression, the kind of its first value.</summary>
    public static ColumnKind KindOf(SqliteDataReader reader, int column)
    {
        // Without its length; for an expression the storage class of its first value.
        var name = reader.GetDataTypeName(column).ToUpperInvariant();
        return name switch
        {
            "DATE" => ColumnKind.Date,
            "DATETIME" or "TIMESTAMP" => ColumnKind.DateTime,
            "DATETIMEOFFSET" or "TIMESTAMPTZ" => ColumnKind.DateTimeOffset,
            "TIME" => ColumnKind.Time,
            "BOOLEAN" or "BOOL" => ColumnKind.Boolean,
            "JSON" or "JSONB" => ColumnKind.Json,
            "GUID" or "UUID" or "UNIQUEIDENTIFIER" => ColumnKind.Guid,
            "DECIMAL" or "NUMERIC" or "MONEY" => ColumnKind.Decimal,
            // An expression whose first value is null says BLOB as well.
            "BLOB" when reader.GetFieldType(column) == typeof(byte[]) => ColumnKind.Text,
            _ when name.Contains("INT", StringComparison.Ordinal) => ColumnKind.Integer,
            _ when name.Contains("REAL", StringComparison.Ordinal) || name.Contains("FLOA", StringComparison.Ordinal)
                || name.Contains("DOUB", StringComparison.Ordinal) => ColumnKind.Double,
            _ => ColumnKind.Text,
        };
    }

    public static void Read(SqliteDataReader reader, int i, ColumnKind column, ref Cell cell)
    {
        var type = reader.GetFieldType(i);
        if (type == typeof(long))
        {
            ReadInteger(reader.GetInt64(i), column, ref cell);
        }
        else if (type == typeof(double))
        {
            cell.SetDouble(reader.GetDouble(i));
        }
        else if (type == typeof(string))
        {
            TextValue.Set(ref cell, reader.GetString(i), column);
        }
        else
        {
            ReadBinary((byte[])reader.GetValue(i), column, ref cell);
        }
    }

    private static void ReadInteger(long value, ColumnKind column, ref Cell cell)
    {
        if (column == ColumnKind.Boolean && value is 0 or 1)
        {
            cell.SetBoolean(value == 1);
        }
        else
        {
            cell.SetInteger(value);
        }
    }

    private static void ReadBinary(byte[] value, ColumnKind column, ref Cell cell)
    {
        if (column == ColumnKind.Guid && value.Length == 16)
        {
            cell.SetGuid(new Guid(value));
        }
        else
        {
            cell.SetBinary(value);
        }
    }
}
