using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace ReportScheduler.Sources.Providers.PostgreSql;

/// <summary>PostgreSQL: what no .NET type holds is asked for as the server's own text.</summary>
internal static class PostgresValues
{
    /// <summary>The types that the client reads without loss. All others (numeric,
    /// date, arrays, ranges, enums, inet, ...) come as text.</summary>
    private static readonly HashSet<string> Binary = new(StringComparer.Ordinal)
    {
        "boolean", "smallint", "integer", "bigint", "oid", "real", "double precision", "money", "text", "character", "character varying",
        "citext",
        "name", "\"char\"", "uuid", "bytea", "json", "jsonb", "xml", "interval", "timestamp without time zone", "timestamp with time zone",
        // what the client itself calls them
        "varchar", "char", "bpchar", "timestamp", "timestamptz",
    };

    /// <summary>Asks the server which types the query has, and for text where that is safer.</summary>
    public static void Prepare(System.Data.IDbCommand query)
    {
        var command = (NpgsqlCommand)query;
        try
        {
            using var described = command.ExecuteReader(System.Data.CommandBehavior.SchemaOnly);
            var unknown = Enumerable.Range(0, described.FieldCount)
                .Select(column => !Binary.Contains(Bare(described.GetDataTypeName(column)))).ToArray();
            described.Close();
            command.UnknownResultTypeList = unknown.Contains(true) ? unknown : null;
        }
        catch (PostgresException)
        {
            // Only the run itself may tell: a batch may use a temporary table that it makes first.
        }
    }

    public static PreciseValue For(DbDataReader reader, int column)
    {
        var name = reader.GetDataTypeName(column);
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            var element = Bare(name[..^2]);
            return new(typeof(string),
                (rows, at) => rows.GetValue(at) is string text ? PostgresArray.ToJson(text, element) : rows.GetValue(at), "json");
        }

        return Bare(name) switch
        {
            "numeric" => new(typeof(decimal), (rows, at) => rows.GetValue(at) is var value && value is string text && Fits(text)
                ? decimal.Parse(text, CultureInfo.InvariantCulture)
                : value),
            "date" => new(typeof(DateOnly), (rows, at) => rows.GetValue(at) is var value && value is string text
                && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : value),
            "time" or "time without time zone" =>
                new(typeof(TimeSpan), (rows, at) => rows.GetValue(at) is var value && value is string text ? Time(text) : value),
            "timestamp" or "timestamp without time zone" => new(typeof(DateTime), (rows, at) => Timestamp(rows, at) switch
            {
                DateTime time => DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
                var other => other,
            }),
            "timestamptz" or "timestamp with time zone" => new(typeof(DateTimeOffset), (rows, at) => Timestamp(rows, at) switch
            {
                DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
                string text when char.IsDigit(text[0]) => text + "+00",
                var other => other,
            }),
            "interval" => new(typeof(TimeSpan),
                (rows, at) => rows.IsDBNull(at) ? DBNull.Value : PostgresInterval.Of(rows.GetFieldValue<NpgsqlInterval>(at))),
            "bit" when name.EndsWith("(1)", StringComparison.Ordinal) =>
                new(typeof(bool), (rows, at) => rows.GetValue(at) is string bit ? bit == "1" : rows.GetValue(at)),
            _ => new(reader.GetFieldType(column)),
        };
    }

    /// <summary>The name without its size: numeric(10,2) is numeric, timestamp(3) without time zone is without the 3.</summary>
    private static string Bare(string name)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        var close = name.IndexOf(')', StringComparison.Ordinal);
        return open < 0 || close < open ? name : name[..open] + name[(close + 1)..];
    }

    private static bool Fits(string number) =>
        number.Count(char.IsDigit) <= PreciseValue.DecimalDigits && number is not ("NaN" or "Infinity" or "-Infinity");

    /// <summary>24:00:00 is a time as well.</summary>
    private static object Time(string text) => text == "24:00:00" ? TimeSpan.FromDays(1)
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time
        : text;

    /// <summary>Infinity and years that .NET does not have come as text.</summary>
    private static object Timestamp(DbDataReader rows, int column)
    {
        if (rows.IsDBNull(column))
        {
            return DBNull.Value;
        }

        // microseconds since 2000-01-01, src/include/datatype/timestamp.h
        var micros = rows.GetFieldValue<long>(column);
        return micros switch
        {
            long.MaxValue => "infinity",
            long.MinValue => "-infinity",
            < -63082281600000000 or > 252455615999999999 => PostgresCalendar.Text(micros),
            _ => new DateTime(2000, 1, 1).AddTicks(micros * TimeSpan.TicksPerMicrosecond),
        };
    }
}
