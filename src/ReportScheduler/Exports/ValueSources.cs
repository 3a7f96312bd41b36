namespace ReportScheduler.Exports;

/// <summary>Chooses the getter of a column from the .NET type and the type name that its provider declares.</summary>
internal static class ValueSources
{
    private static readonly Dictionary<Type, ValueSource> ByType = new()
    {
        [typeof(string)] = ValueSource.Text,
        [typeof(bool)] = ValueSource.Boolean,
        [typeof(byte)] = ValueSource.Byte,
        [typeof(short)] = ValueSource.Int16,
        [typeof(int)] = ValueSource.Int32,
        [typeof(long)] = ValueSource.Int64,
        [typeof(decimal)] = ValueSource.Decimal,
        [typeof(double)] = ValueSource.Double,
        [typeof(DateTime)] = ValueSource.DateTime,
        [typeof(Guid)] = ValueSource.Guid,
        [typeof(sbyte)] = ValueSource.BoxedInteger,
        [typeof(ushort)] = ValueSource.BoxedInteger,
        [typeof(uint)] = ValueSource.BoxedInteger,
        [typeof(ulong)] = ValueSource.BoxedInteger,
        [typeof(System.Numerics.BigInteger)] = ValueSource.BoxedDecimal,
        [typeof(float)] = ValueSource.BoxedDouble,
        [typeof(DateOnly)] = ValueSource.BoxedDate,
        [typeof(DateTimeOffset)] = ValueSource.BoxedDateTimeOffset,
        [typeof(TimeOnly)] = ValueSource.BoxedTime,
        [typeof(TimeSpan)] = ValueSource.BoxedTime,
        [typeof(byte[])] = ValueSource.BoxedBinary,
    };

    public static ValueSource Of(Type type, string dataType) => (ByType.GetValueOrDefault(type, ValueSource.BoxedText), dataType.ToUpperInvariant()) switch
    {
        (ValueSource.Text, "JSON" or "JSONB") => ValueSource.Json,
        (ValueSource.DateTime, "DATE") => ValueSource.Date,
        (ValueSource.DateTime, "TIMESTAMP WITH TIME ZONE" or "TIMESTAMPTZ") => ValueSource.Instant,
        (ValueSource.BoxedText, _) when type.IsArray || type == typeof(Array) => ValueSource.BoxedJson,
        (var source, _) => source,
    };

    public static ColumnKind KindOf(ValueSource source) => source switch
    {
        ValueSource.Boolean => ColumnKind.Boolean,
        ValueSource.Byte or ValueSource.Int16 or ValueSource.Int32 or ValueSource.Int64 or ValueSource.BoxedInteger => ColumnKind.Integer,
        ValueSource.Decimal or ValueSource.BoxedDecimal => ColumnKind.Decimal,
        ValueSource.Double or ValueSource.BoxedDouble => ColumnKind.Double,
        ValueSource.Date or ValueSource.BoxedDate => ColumnKind.Date,
        ValueSource.DateTime => ColumnKind.DateTime,
        ValueSource.Instant or ValueSource.BoxedDateTimeOffset => ColumnKind.DateTimeOffset,
        ValueSource.BoxedTime => ColumnKind.Time,
        ValueSource.Guid => ColumnKind.Guid,
        ValueSource.BoxedBinary => ColumnKind.Binary,
        ValueSource.Json or ValueSource.BoxedJson => ColumnKind.Json,
        _ => ColumnKind.Text,
    };
}
