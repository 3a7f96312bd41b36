using System.Collections;
using System.Data.Common;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>The columns of a query that did not run: as its reader would show them, and no rows.</summary>
/// <param name="columns">Names, and types as SQL Server writes them: decimal(10,2).</param>
internal sealed class DescribedReader(IReadOnlyList<(string Name, string TypeName)> columns) : DbDataReader
{
    public override int FieldCount => columns.Count;

    public override bool HasRows => false;

    public override bool IsClosed => false;

    public override int RecordsAffected => -1;

    public override int Depth => 0;

    public override object this[int ordinal] => throw NoRow();

    public override object this[string name] => throw NoRow();

    public override bool Read() => false;

    public override bool NextResult() => false;

    public override string GetName(int ordinal) => columns[ordinal].Name;

    /// <summary>Without its length.</summary>
    public override string GetDataTypeName(int ordinal) => columns[ordinal].TypeName.Split('(')[0];

    /// <summary>SqlClient's mapping, "SQL Server Data Type Mappings".</summary>
    public override Type GetFieldType(int ordinal) => GetDataTypeName(ordinal).ToUpperInvariant() switch
    {
        "BIT" => typeof(bool),
        "TINYINT" => typeof(byte),
        "SMALLINT" => typeof(short),
        "INT" => typeof(int),
        "BIGINT" => typeof(long),
        "DECIMAL" or "NUMERIC" or "MONEY" or "SMALLMONEY" => typeof(decimal),
        "FLOAT" => typeof(double),
        "REAL" => typeof(float),
        "DATE" or "DATETIME" or "DATETIME2" or "SMALLDATETIME" => typeof(DateTime),
        "DATETIMEOFFSET" => typeof(DateTimeOffset),
        "TIME" => typeof(TimeSpan),
        "UNIQUEIDENTIFIER" => typeof(Guid),
        "BINARY" or "VARBINARY" or "IMAGE" or "TIMESTAMP" or "ROWVERSION" or "HIERARCHYID" or "GEOMETRY" or "GEOGRAPHY" or "" =>
            typeof(byte[]),
        _ => typeof(string),
    };

    public override int GetOrdinal(string name) => columns.TakeWhile(column => column.Name != name).Count();

    public override IEnumerator GetEnumerator() => Array.Empty<object>().GetEnumerator();

    public override bool IsDBNull(int ordinal) => throw NoRow();

    public override object GetValue(int ordinal) => throw NoRow();

    public override int GetValues(object[] values) => throw NoRow();

    public override bool GetBoolean(int ordinal) => throw NoRow();

    public override byte GetByte(int ordinal) => throw NoRow();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw NoRow();

    public override char GetChar(int ordinal) => throw NoRow();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw NoRow();

    public override DateTime GetDateTime(int ordinal) => throw NoRow();

    public override decimal GetDecimal(int ordinal) => throw NoRow();

    public override double GetDouble(int ordinal) => throw NoRow();

    public override float GetFloat(int ordinal) => throw NoRow();

    public override Guid GetGuid(int ordinal) => throw NoRow();

    public override short GetInt16(int ordinal) => throw NoRow();

    public override int GetInt32(int ordinal) => throw NoRow();

    public override long GetInt64(int ordinal) => throw NoRow();

    public override string GetString(int ordinal) => throw NoRow();

    private static InvalidOperationException NoRow() => new("The query was described and not run.");
}
