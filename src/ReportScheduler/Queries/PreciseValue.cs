using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using MySqlConnector;

namespace ReportScheduler.Queries;

/// <summary>Reads one column without losing what its values mean.</summary>
/// <param name="Type">The type of its values; a value may differ where the database lets it.</param>
/// <param name="Read">Gives the value of the current row, <see cref="DBNull"/> for NULL.</param>
internal sealed record PreciseValue(Type Type, Func<DbDataReader, int, object> Read)
{
    public static PreciseValue For(ReportProvider provider, DbDataReader reader, int column)
    {
        var declared = reader.GetDataTypeName(column).ToUpperInvariant();
        return provider switch
        {
            ReportProvider.PostgreSql => Postgres(declared, reader.GetFieldType(column)),
            ReportProvider.MySql => MySql(declared, reader.GetFieldType(column)),
            _ => SqlServer(declared, reader.GetFieldType(column)),
        };
    }

    private static PreciseValue Postgres(string declared, Type type) => declared switch
    {
        "DATE" => new(typeof(DateOnly), (reader, column) => reader.GetValue(column) is DateTime { } date ? DateOnly.FromDateTime(date) : reader.GetValue(column)),
        "TIMESTAMP WITH TIME ZONE" or "TIMESTAMPTZ" => new(typeof(DateTimeOffset), (reader, column) =>
            reader.GetValue(column) is DateTime time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : reader.GetValue(column)),
        var name when name.StartsWith("NUMERIC", StringComparison.Ordinal) && !name.EndsWith("[]", StringComparison.Ordinal) =>
            new(typeof(decimal), (reader, column) => OrText(reader, column, PostgresNumeric.ReadText)),
        "INTERVAL" => new(typeof(TimeSpan), (reader, column) => OrText(reader, column, PostgresInterval.ReadText)),
        _ => new(TextLike(type) ? typeof(string) : type, (reader, column) => Plain(reader.GetValue(column))),
    };

    private static PreciseValue MySql(string declared, Type type) => declared switch
    {
        "DECIMAL" => new(typeof(decimal), (reader, column) => OrText(reader, column, (rows, at) => ((MySqlDataReader)rows).GetMySqlDecimal(at).ToString())),
        "DATE" => new(typeof(DateOnly), (reader, column) => reader.GetValue(column) is DateTime date
            ? date == DateTime.MinValue ? "0000-00-00" : DateOnly.FromDateTime(date) : reader.GetValue(column)),
        "DATETIME" or "TIMESTAMP" => new(typeof(DateTime), (reader, column) => reader.GetValue(column) is DateTime time
            ? time == DateTime.MinValue ? "0000-00-00 00:00:00" : time : reader.GetValue(column)),
        "JSON" => new(typeof(string), (reader, column) => reader.GetValue(column)),
        "BIT" => new(typeof(decimal), (reader, column) => reader.GetValue(column) is ulong bits ? (decimal)bits : reader.GetValue(column)),
        _ => new(type, (reader, column) => Plain(reader.GetValue(column))),
    };

    private static PreciseValue SqlServer(string declared, Type type) => declared switch
    {
        "DECIMAL" or "NUMERIC" => new(typeof(decimal), (reader, column) => OrText(reader, column, (rows, at) => ((SqlDataReader)rows).GetSqlDecimal(at).ToString())),
        "DATE" => new(typeof(DateOnly), (reader, column) => reader.GetValue(column) is DateTime date ? DateOnly.FromDateTime(date) : reader.GetValue(column)),
        _ => new(type, (reader, column) => Plain(reader.GetValue(column))),
    };

    private static object OrText(DbDataReader reader, int column, Func<DbDataReader, int, string> text)
    {
        if (reader.IsDBNull(column))
        {
            return DBNull.Value;
        }

        try
        {
            return reader.GetValue(column);
        }
        catch (Exception problem) when (problem is OverflowException or InvalidCastException or FormatException)
        {
            return text(reader, column);
        }
    }

    private static bool TextLike(Type type) => Type.GetTypeCode(type) == TypeCode.Object
        && type != typeof(Guid) && type != typeof(byte[]) && type != typeof(TimeSpan) && type != typeof(TimeOnly)
        && type != typeof(DateOnly) && type != typeof(DateTimeOffset);

    /// <summary>Values without a type of their own in a report come as text: bits as 0 and 1, arrays as JSON, the rest as the client writes it.</summary>
    private static object Plain(object value) => value switch
    {
        BitArray bits => string.Concat(bits.Cast<bool>().Select(bit => bit ? '1' : '0')),
        byte[] => value,
        Array items => JsonSerializer.Serialize((object)items),
        IDictionary entries => JsonSerializer.Serialize((object)entries),
        JsonDocument json => json.RootElement.GetRawText(),
        DateOnly or TimeOnly or TimeSpan or Guid or DateTimeOffset or DBNull => value,
        _ when Type.GetTypeCode(value.GetType()) == TypeCode.Object => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        _ => value,
    };
}
