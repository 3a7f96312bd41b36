using System.Data.Common;
using System.Numerics;

namespace ReportScheduler.Rows;

/// <summary>Chooses the getter and the kind of a column from the .NET type and the type name that its provider declares.</summary>
internal static class ValueSources
{
    public static (ValueSource Source, ColumnKind Kind) Of(DbDataReader reader, int column)
    {
        var type = reader.GetFieldType(column);
        var (source, kind) = Of(type);
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

    private static (ValueSource Source, ColumnKind Kind) Of(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => (ValueSource.Text, ColumnKind.Text),
        TypeCode.Boolean => (ValueSource.Boolean, ColumnKind.Boolean),
        TypeCode.Byte => (ValueSource.Byte, ColumnKind.Integer),
        TypeCode.Int16 => (ValueSource.Int16, ColumnKind.Integer),
        TypeCode.Int32 => (ValueSource.Int32, ColumnKind.Integer),
        TypeCode.Int64 => (ValueSource.Int64, ColumnKind.Integer),
        TypeCode.Decimal => (ValueSource.Decimal, ColumnKind.Decimal),
        TypeCode.Double => (ValueSource.Double, ColumnKind.Double),
        TypeCode.DateTime => (ValueSource.DateTime, ColumnKind.DateTime),
        TypeCode.SByte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 => (ValueSource.Boxed, ColumnKind.Integer),
        TypeCode.Single => (ValueSource.Boxed, ColumnKind.Double),
        _ when type == typeof(Guid) => (ValueSource.Guid, ColumnKind.Guid),
        _ when type == typeof(BigInteger) => (ValueSource.Boxed, ColumnKind.Decimal),
        _ when type == typeof(DateOnly) => (ValueSource.Boxed, ColumnKind.Date),
        _ when type == typeof(DateTimeOffset) => (ValueSource.Boxed, ColumnKind.DateTimeOffset),
        _ when type == typeof(TimeOnly) || type == typeof(TimeSpan) => (ValueSource.Boxed, ColumnKind.Time),
        _ when type == typeof(byte[]) => (ValueSource.Boxed, ColumnKind.Binary),
        _ when type.IsArray || type == typeof(Array) => (ValueSource.Boxed, ColumnKind.Json),
        _ => (ValueSource.Boxed, ColumnKind.Text),
    };
}
