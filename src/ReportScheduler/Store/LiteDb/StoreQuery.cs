using LiteDB;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Conditions on an indexed field, with their values as parameters.</summary>
/// <remarks>LiteDB's own Query puts the values into the text, and compiles and keeps each text: half a millisecond and
/// some memory for every new value.</remarks>
internal static class StoreQuery
{
    public static BsonExpression Is(string field, BsonValue value) => BsonExpression.Create($"{Value(field)} = @0", value);

    public static BsonExpression In(string field, IEnumerable<string> values) =>
        BsonExpression.Create($"$.{field} IN @0", new BsonArray(values.Select(value => new BsonValue(value))));

    /// <summary>The documents come in the order of the field, as those of <see cref="Between"/>.</summary>
    public static BsonExpression AtLeast(string field, BsonValue from) => BsonExpression.Create($"{Value(field)} >= @0", from);

    public static BsonExpression Between(string field, BsonValue from, BsonValue to) =>
        BsonExpression.Create($"{Value(field)} BETWEEN @0 AND @1", from, to);

    // a condition uses the index whose expression it names
    private static string Value(string field) => StoreSchema.IsSparse(field) ? $"{StoreSchema.Indexed(field)} ANY" : $"$.{field}";
}
