using System.Data.Common;
using NpgsqlTypes;

namespace ReportScheduler.Queries;

/// <summary>Reads a PostgreSQL interval with months, which is no fixed time, as ISO 8601 text.</summary>
internal static class PostgresInterval
{
    public static string ReadText(DbDataReader reader, int column)
    {
        var interval = reader.GetFieldValue<NpgsqlInterval>(column);
        var time = System.Xml.XmlConvert.ToString(TimeSpan.FromMicroseconds(interval.Time))["P".Length..];
        return $"P{interval.Months}M{interval.Days}D{(time == "T0S" ? "" : time)}";
    }
}
