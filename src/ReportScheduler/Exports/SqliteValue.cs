using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ReportScheduler.Exports;

/// <summary>The values of SQLite, where a declaration is a wish and each value has a type of its own.</summary>
internal static class SqliteValue
{
    private static readonly string[] DateForms = ["yyyy-MM-dd"];
    private static readonly string[] DateTimeForms =
    [
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] OffsetForms = [.. DateTimeForms.Select(form => form + "zzz"), .. DateTimeForms.Select(form => form + " zzz"), .. DateTimeForms.Select(form => form + "'Z'")];
    private static readonly string[] TimeForms = ["hh\\:mm", "hh\\:mm\\:ss", "hh\\:mm\\:ss\\.FFFFFFF"];

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
            _ when name.Contains("REAL", StringComparison.Ordinal) || name.Contains("FLOA", StringComparison.Ordinal) || name.Contains("DOUB", StringComparison.Ordinal) => ColumnKind.Double,
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
            ReadText(reader.GetString(i), column, ref cell);
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

    private static void ReadText(string text, ColumnKind column, ref Cell cell)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (column)
        {
            case ColumnKind.Date when DateTime.TryParseExact(text, DateForms, culture, DateTimeStyles.None, out var date):
                cell.SetDate(date);
                break;
            case ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset when DateTimeOffset.TryParseExact(text, OffsetForms, culture, DateTimeStyles.AssumeUniversal, out var instant):
                cell.SetDateTimeOffset(instant);
                break;
            case ColumnKind.Date or ColumnKind.DateTime when DateTime.TryParseExact(text, DateTimeForms, culture, DateTimeStyles.None, out var dateTime):
                cell.SetDateTime(dateTime);
                break;
            case ColumnKind.DateTime when DateTime.TryParseExact(text, DateForms, culture, DateTimeStyles.None, out var date):
                cell.SetDateTime(date);
                break;
            case ColumnKind.Time when TimeSpan.TryParseExact(text, TimeForms, culture, out var time):
                cell.SetTime(time);
                break;
            case ColumnKind.Guid when Guid.TryParse(text, out var guid):
                cell.SetGuid(guid);
                break;
            case ColumnKind.Json:
                cell.SetJson(text);
                break;
            default:
                cell.SetText(text);
                break;
        }
    }
}
