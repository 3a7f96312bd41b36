namespace ReportScheduler.Rows;

/// <summary>One value of one row, without boxing. Made by <see cref="RowBatch"/>, read by the writers.</summary>
internal struct Cell
{
    private object? reference;
    private decimal number;

    public CellKind Kind { get; private set; }

    /// <summary>Integers; booleans as 0 and 1.</summary>
    public long Int64 { get; private set; }

    public readonly bool Boolean => Int64 != 0;

    public readonly double Double => BitConverter.Int64BitsToDouble(Int64);

    public readonly decimal Decimal => number;

    /// <summary>A date, or a date with a time, without zone.</summary>
    public readonly DateTime DateTime => new(Int64);

    /// <summary>The wall-clock time with its own offset.</summary>
    public readonly DateTimeOffset DateTimeOffset => new(Int64, TimeSpan.FromMinutes((double)number));

    public readonly TimeSpan Time => new(Int64);

    public readonly Guid Guid => (Guid)reference!;

    /// <summary>Text and JSON.</summary>
    public readonly string Text => (string)reference!;

    public readonly byte[] Binary => (byte[])reference!;

    public void SetNull() => Set(CellKind.Null, 0, null);

    public void SetText(string value) => Set(CellKind.Text, 0, value);

    public void SetJson(string value) => Set(CellKind.Json, 0, value);

    public void SetBoolean(bool value) => Set(CellKind.Boolean, value ? 1 : 0, null);

    public void SetInteger(long value) => Set(CellKind.Integer, value, null);

    public void SetDouble(double value) => Set(CellKind.Double, BitConverter.DoubleToInt64Bits(value), null);

    public void SetDecimal(decimal value)
    {
        Set(CellKind.Decimal, 0, null);
        number = value;
    }

    public void SetDate(DateTime value) => Set(CellKind.Date, value.Ticks, null);

    public void SetDateTime(DateTime value) => Set(CellKind.DateTime, value.Ticks, null);

    public void SetDateTimeOffset(DateTimeOffset value)
    {
        Set(CellKind.DateTimeOffset, value.Ticks, null);
        number = (decimal)value.Offset.TotalMinutes;
    }

    public void SetTime(TimeSpan value) => Set(CellKind.Time, value.Ticks, null);

    public void SetGuid(Guid value) => Set(CellKind.Guid, 0, value);

    public void SetBinary(byte[] value) => Set(CellKind.Binary, 0, value);

    private void Set(CellKind kind, long bits, object? value)
    {
        Kind = kind;
        Int64 = bits;
        reference = value;
    }
}
