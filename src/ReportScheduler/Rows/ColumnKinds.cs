using System.Numerics;

namespace ReportScheduler.Rows;

/// <summary>The kinds of values without a declaration, and of columns that several sources fill.</summary>
internal static class ColumnKinds
{
    /// <summary>What a value is.</summary>
    public static ColumnKind Of(object value) => value switch
    {
        bool => ColumnKind.Boolean,
        byte or sbyte or short or ushort or int or uint or long => ColumnKind.Integer,
        ulong or decimal or BigInteger => ColumnKind.Decimal,
        double or float => ColumnKind.Double,
        DateOnly => ColumnKind.Date,
        DateTime => ColumnKind.DateTime,
        DateTimeOffset => ColumnKind.DateTimeOffset,
        TimeSpan or TimeOnly => ColumnKind.Time,
        Guid => ColumnKind.Guid,
        byte[] => ColumnKind.Binary,
        ObjectJson or Array => ColumnKind.Json,
        _ => ColumnKind.Text,
    };

    /// <summary>The kind that has the values of both; null when only text can have them.</summary>
    public static ColumnKind? Widest(ColumnKind one, ColumnKind other) => (one, other) switch
    {
        _ when one == other => one,
        (ColumnKind.Integer or ColumnKind.Decimal, ColumnKind.Integer or ColumnKind.Decimal) => ColumnKind.Decimal,
        (ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Double, ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Double) =>
            ColumnKind.Double,
        (ColumnKind.Date or ColumnKind.DateTime, ColumnKind.Date or ColumnKind.DateTime) => ColumnKind.DateTime,
        _ => null,
    };
}
