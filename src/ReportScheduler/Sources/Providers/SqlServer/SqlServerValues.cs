using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>SQL Server: decimals of 38 digits, and types that need a library of their own.</summary>
internal static class SqlServerValues
{
    public static PreciseValue For(DbDataReader reader, int column)
    {
        var name = reader.GetDataTypeName(column);
        return name.ToUpperInvariant() switch
        {
            "DECIMAL" or "NUMERIC" => new(typeof(decimal), ReadDecimal),
            "SQL_VARIANT" => new(typeof(string), (rows, at) => rows.GetValue(at)),
            // hierarchyid, geometry and geography: their bytes, as their own classes are not part of the client
            var own when own.Contains(".SYS.", StringComparison.Ordinal) => new(typeof(byte[]),
                (rows, at) => ((SqlDataReader)rows).GetSqlBytes(at) is { IsNull: false } bytes ? bytes.Value : DBNull.Value),
            _ => new(reader.GetFieldType(column)),
        };
    }

    private static object ReadDecimal(DbDataReader rows, int column)
    {
        var number = ((SqlDataReader)rows).GetSqlDecimal(column);
        return number.IsNull ? DBNull.Value
            : number.Precision <= PreciseValue.DecimalDigits ? number.Value
            : decimal.TryParse(number.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
                && value.ToString(CultureInfo.InvariantCulture) == number.ToString()
                ? value
                : number.ToString();
    }
}
