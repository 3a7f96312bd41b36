using System.Data.Odbc;
using System.Globalization;
using System.Numerics;

namespace ReportScheduler.Sources.Providers.Odbc;

/// <summary>How the values of one column come: as the client has them, or from the driver's own text where only that is exact.</summary>
/// <param name="Type">The usual type of the values.</param>
/// <param name="TypeName">The database's name of the type.</param>
/// <param name="FromText">Makes a value of the driver's text, the text itself where none fits; null to take the client's value.</param>
internal sealed record OdbcColumn(Type Type, string TypeName, Func<string, object>? FromText = null)
{
    /// <summary>Finds out how a column is read. Columns whose type the client does
    /// not know are told by the database's name of it.</summary>
    /// <param name="reader">The client's reader.</param>
    /// <param name="column">The column.</param>
    /// <param name="isSqlite">The driver says 32 bits of integers that have 64, and gives bytes as text.</param>
    public static OdbcColumn Of(OdbcDataReader reader, int column, bool isSqlite)
    {
        var name = reader.GetDataTypeName(column) ?? "";
        var bare = name.Split('(')[0].Trim().ToLowerInvariant();
        var type = Known(reader, column);
        return type switch
        {
            _ when bare is "bool" or "boolean" && (type is null || type == typeof(string)) => new(typeof(bool), name, Boolean),
            null => Told(name, bare),
            _ when type == typeof(decimal) => new(type, name, Decimal),
            _ when type == typeof(TimeSpan) => new(type, name, Time),
            _ when type == typeof(DateTime) && bare == "date" => new(typeof(DateOnly), name, Date),
            // no driver tells the offset: it is the wall clock of the session
            _ when type == typeof(DateTime) => new(type, "timestamp", Timestamp),
            _ when type == typeof(string) && isSqlite && bare is "decimal" or "numeric" or "money" => new(typeof(decimal), name, Decimal),
            _ when type == typeof(string) && isSqlite && bare == "blob" => new(typeof(byte[]), name, Bytes),
            _ when type == typeof(int) && isSqlite => new(typeof(long), name, Integer),
            _ => new(type, name),
        };
    }

    private static Type? Known(OdbcDataReader reader, int column)
    {
        try
        {
            return reader.GetFieldType(column);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static OdbcColumn Told(string name, string bare) =>
        bare.Contains("int", StringComparison.Ordinal) && bare != "interval" ? new(typeof(long), name, Integer)
        : bare is "decfloat" or "decimal" or "numeric" or "number" or "fixed" ? new(typeof(decimal), name, Decimal)
        : bare.Contains("datetimeoffset", StringComparison.Ordinal) ? new(typeof(DateTimeOffset), name, Instant)
        : bare.StartsWith("timestamp", StringComparison.Ordinal) || bare.StartsWith("datetime", StringComparison.Ordinal)
        ? new(typeof(DateTime), "timestamp", Timestamp)
        : bare == "date" ? new(typeof(DateOnly), name, Date)
        : bare == "time" ? new(typeof(TimeSpan), name, Time)
        : new(typeof(string), name, text => text);

    private static object Boolean(string text) => text.ToLowerInvariant() switch
    {
        "1" or "-1" or "t" or "true" or "y" or "yes" => true,
        "0" or "f" or "false" or "n" or "no" => false,
        _ => text,
    };

    private static object Integer(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large) ? large
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real
        : text;

    private static object Decimal(string text) =>
        text.Count(char.IsDigit) <= PreciseValue.DecimalDigits && decimal.TryParse(text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : text.Contains('e', StringComparison.OrdinalIgnoreCase)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real
        : text;

    private static object Date(string text) =>
        DateOnly.TryParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var date) ? date : text;

    private static object Timestamp(string text) =>
        DateTime.TryParseExact(text, ["yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF00", "yyyy-MM-dd HH:mm", "yyyy-MM-dd",
            "yyyy-MM-ddTHH:mm:ss.FFFFFFF"],
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : text;

    private static object Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : text;

    private static object Time(string text) => text == "24:00:00" ? TimeSpan.FromDays(1)
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time
        : text;

    private static object Bytes(string text) =>
        text is ['X', '\'', .. var hex, '\''] && hex.All(char.IsAsciiHexDigit) && hex.Length % 2 == 0 ? Convert.FromHexString(hex) : text;
}
