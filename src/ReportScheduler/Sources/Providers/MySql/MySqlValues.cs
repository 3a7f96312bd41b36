using System.Data.Common;
using System.Globalization;
using MySqlConnector;

namespace ReportScheduler.Sources.Providers.MySql;

/// <summary>MySQL and MariaDB: dates that do not exist, and decimals of 65 digits.</summary>
internal static class MySqlValues
{
    public static PreciseValue For(DbDataReader reader, int column)
    {
        var type = reader.GetFieldType(column);
        return reader.GetDataTypeName(column).ToUpperInvariant() switch
        {
            "DECIMAL" => new(typeof(decimal), ReadDecimal),
            "DATE" =>
                new(typeof(DateOnly), (rows, at) => ReadDate(rows, at, time => DateOnly.FromDateTime(time.GetDateTime()), "yyyy-MM-dd")),
            "DATETIME" or "TIMESTAMP" =>
                new(typeof(DateTime), (rows, at) => ReadDate(rows, at, time => time.GetDateTime(), "yyyy-MM-dd HH:mm:ss")),
            "BIT" => new(typeof(long),
                (rows, at) => rows.GetValue(at) is ulong and <= long.MaxValue and var bits ? (long)bits : rows.GetValue(at)),
            "BIGINT UNSIGNED" or "BIGINT" when type == typeof(ulong) =>
                new(typeof(decimal), (rows, at) => rows.GetValue(at) is ulong number ? (decimal)number : DBNull.Value),
            _ => new(type),
        };
    }

    private static object ReadDecimal(DbDataReader rows, int column)
    {
        if (rows.IsDBNull(column))
        {
            return DBNull.Value;
        }

        var text = ((MySqlDataReader)rows).GetMySqlDecimal(column).ToString();
        return text.Count(char.IsDigit) <= PreciseValue.DecimalDigits ? decimal.Parse(text, CultureInfo.InvariantCulture) : text;
    }

    /// <summary>A date such as 0000-00-00 or 2024-02-00 is none: it comes as text.</summary>
    private static object ReadDate(DbDataReader rows, int column, Func<MySqlDateTime, object> read, string format)
    {
        if (rows.GetValue(column) is not MySqlDateTime time)
        {
            return DBNull.Value;
        }

        var text =
            FormattableString.Invariant($"{time.Year:0000}-{time.Month:00}-{time.Day:00} {time.Hour:00}:{time.Minute:00}:{time.Second:00}");
        return time.IsValidDateTime ? read(time) : text[..format.Length];
    }
}
