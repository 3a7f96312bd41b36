using System.Collections;
using System.Data;
using System.Data.Common;
using System.Globalization;

namespace ReportScheduler.Tests.Exports;

/// <summary>A reader of rows made on the spot: a number from 1, then texts.</summary>
internal sealed class CountingRows(long rows, int columns = 2, long failAt = -1, string? text = null) : DbDataReader
{
    public long Reads { get; private set; }

    public override int FieldCount => columns;

    public override bool HasRows => rows > 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => -1;

    public override int Depth => 0;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        if (Reads >= rows)
        {
            return false;
        }

        Reads++;
        return Reads == failAt ? throw new DataException($"row {Reads}") : true;
    }

    public override bool NextResult() => false;

    public override string GetName(int ordinal) => ordinal == 0 ? "n" : $"text{ordinal}";

    public override int GetOrdinal(string name) => throw new NotSupportedException();

    public override Type GetFieldType(int ordinal) => ordinal == 0 ? typeof(long) : typeof(string);

    public override string GetDataTypeName(int ordinal) => ordinal == 0 ? "bigint" : "text";

    public override bool IsDBNull(int ordinal) => false;

    public override long GetInt64(int ordinal) => Reads;

    public override string GetString(int ordinal) => text ?? string.Create(CultureInfo.InvariantCulture, $"row {Reads}");

    public override object GetValue(int ordinal) => ordinal == 0 ? Reads : GetString(ordinal);

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override bool GetBoolean(int ordinal) => throw new NotSupportedException();

    public override byte GetByte(int ordinal) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override char GetChar(int ordinal) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();

    public override decimal GetDecimal(int ordinal) => throw new NotSupportedException();

    public override double GetDouble(int ordinal) => throw new NotSupportedException();

    public override float GetFloat(int ordinal) => throw new NotSupportedException();

    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();

    public override short GetInt16(int ordinal) => throw new NotSupportedException();

    public override int GetInt32(int ordinal) => throw new NotSupportedException();

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();
}
