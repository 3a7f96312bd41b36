using System.Data.Common;
using System.Numerics;

namespace ReportScheduler.Exports;

/// <summary>Chooses the getter and the kind of a column from the .NET type and the type name that its provider declares.</summary>
internal static class ValueSources
{
    private static readonly Dictionary<Type, (ValueSource Source, ColumnKind Kind)> ByType = new()
    {
        [typeof(string)] = (ValueSource.Text, ColumnKind.Text),
        [typeof(bool)] = (ValueSource.Boolean, ColumnKind.Boolean),
        [typeof(byte)] = (ValueSource.Byte, ColumnKind.Integer),
        [typeof(short)] = (ValueSource.Int16, ColumnKind.Integer),
        [typeof(int)] = (ValueSource.Int32, ColumnKind.Integer),
        [typeof(long)] = (ValueSource.Int64, ColumnKind.Integer),
        [typeof(decimal)] = (ValueSource.Decimal, ColumnKind.Decimal),
        [typeof(double)] = (ValueSource.Double, ColumnKind.Double),
        [typeof(DateTime)] = (ValueSource.DateTime, ColumnKind.DateTime),
        [typeof(Guid)] = (ValueSource.Guid, ColumnKind.Guid),
        [typeof(sbyte)] = (ValueSource.Boxed, ColumnKind.Integer),
        [typeof(ushort)] = (ValueSource.Boxed, ColumnKind.Integer),
        [typeof(uint)] = (ValueSource.Boxed, ColumnKind.Integer),
        [typeof(ulong)] = (ValueSource.Boxed, ColumnKind.Integer),
        [typeof(BigInteger)] = (ValueSource.Boxed, ColumnKind.Decimal),
        [typeof(float)] = (ValueSource.Boxed, ColumnKind.Double),
        [typeof(DateOnly)] = (ValueSource.Boxed, ColumnKind.Date),
        [typeof(DateTimeOffset)] = (ValueSource.Boxed, ColumnKind.DateTimeOffset),
        [typeof(TimeOnly)] = (ValueSource.Boxed, ColumnKind.Time),
        [typeof(TimeSpan)] = (ValueSource.Boxed, ColumnKind.Time),
        [typeof(byte[])] = (ValueSource.Boxed, ColumnKind.Binary),
    };

    public static (ValueSource Source, ColumnKind Kind) Of(DbDataReader reader, int column)
    {
        var type = reader.GetFieldType(column);
        var (source, kind) = ByType.GetValueOrDefault(type, (ValueSource.Boxed, type.IsArray || type == typeof(Array) ? ColumnKind.Json : ColumnKind.Text));
        (source, kind) = (source, reader.GetDataTypeName(column).ToUpperInvariant()) switch
        {
            (ValueSource.Text, "JSON" or "JSONB") => (ValueSource.Json, ColumnKind.Json),
            (ValueSource.DateTime, "DATE") => (ValueSource.Date, ColumnKind.Date),
            (_, "TIMESTAMP WITH TIME ZONE" or "TIMESTAMPTZ") => (ValueSource.Instant, ColumnKind.DateTimeOffset),
            _ => (source, kind),
        };
        // What a reader says when single values may be of another type than the column, such as a number too long for it.
        var differs = source != ValueSource.Instant && reader.GetProviderSpecificFieldType(column) == typeof(object);
        return (differs ? ValueSource.Boxed : source, kind);
    }
}
