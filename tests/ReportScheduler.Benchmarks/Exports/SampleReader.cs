using System.Collections;
using System.Data.Common;
using System.Globalization;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>Ten mixed columns from a fixed seed, made as they are read, so that the source costs next to nothing.</summary>
/// <param name="rows">How many rows.</param>
/// <param name="perRegion">So many rows after one another are of one region, each of
/// its own name; 0 for five regions that come in any order.</param>
internal sealed class SampleReader(int rows, int perRegion = 0) : DbDataReader
{
    private static readonly string[] Names = ["id", "order_no", "customer", "region", "product", "quantity", "price", "share", "ordered_at",
        "paid"];
    private static readonly Type[] Types = [typeof(long), typeof(string), typeof(string), typeof(string), typeof(string), typeof(int),
        typeof(decimal), typeof(double), typeof(DateTime), typeof(bool)];
    private static readonly string[] Regions = ["North", "South", "East", "West", "Centre"];
    private static readonly string[] Products = [.. Enumerable.Range(1, 40).Select(number => $"Product {number:00}")];
    private static readonly string[] Customers = [
        .. Enumerable.Range(1, 5000).Select(number => $"Customer {number * 7919 % 100003} & Sons")];
    private static readonly DateTime Start = new(2025, 1, 1);

    private readonly Random random = new(42);
    private int row;

    public override int FieldCount => Names.Length;

    public override int Depth => 0;

    public override bool HasRows => rows > 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        if (row == rows)
        {
            return false;
        }

        row++;
        values = new Values(row, random.Next(), random.Next(), random.NextDouble());
        return true;
    }

    private Values values;

    public override long GetInt64(int ordinal) => values.Row;

    public override int GetInt32(int ordinal) => 1 + (values.A % 50);

    public override decimal GetDecimal(int ordinal) => new(values.B % 1_000_000, 0, 0, false, 2);

    public override double GetDouble(int ordinal) => Math.Round(values.C, 4);

    public override DateTime GetDateTime(int ordinal) => Start.AddSeconds((values.A % 31_536_000) + (values.B % 60));

    public override bool GetBoolean(int ordinal) => (values.B & 1) == 0;

    public override string GetString(int ordinal) => ordinal switch
    {
        1 => string.Create(CultureInfo.InvariantCulture, $"A{values.Row:0000000}"),
        2 => Customers[values.A % Customers.Length],
        3 when perRegion > 0 => string.Create(CultureInfo.InvariantCulture, $"Region {(values.Row - 1) / perRegion:0000}"),
        3 => Regions[values.A % Regions.Length],
        _ => Products[values.B % Products.Length],
    };

    public override object GetValue(int ordinal) => ordinal switch
    {
        0 => GetInt64(0),
        5 => GetInt32(5),
        6 => GetDecimal(6),
        7 => GetDouble(7),
        8 => GetDateTime(8),
        9 => GetBoolean(9),
        _ => GetString(ordinal),
    };

    public override T GetFieldValue<T>(int ordinal) => (T)GetValue(ordinal);

    public override int GetValues(object[] target)
    {
        for (var column = 0; column < FieldCount; column++)
        {
            target[column] = GetValue(column);
        }

        return FieldCount;
    }

    public override string GetName(int ordinal) => Names[ordinal];

    public override int GetOrdinal(string name) => Array.IndexOf(Names, name);

    public override Type GetFieldType(int ordinal) => Types[ordinal];

    public override string GetDataTypeName(int ordinal) => Types[ordinal].Name;

    public override bool IsDBNull(int ordinal) => false;

    public override bool NextResult() => false;

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override byte GetByte(int ordinal) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? target, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override char GetChar(int ordinal) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? target, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override float GetFloat(int ordinal) => throw new NotSupportedException();

    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();

    public override short GetInt16(int ordinal) => throw new NotSupportedException();

    private readonly record struct Values(long Row, int A, int B, double C);
}
