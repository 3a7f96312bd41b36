using System.Buffers.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>The number of the row that is being written, as the digits of its cells' references.</summary>
internal sealed class RowDigits
{
    private readonly byte[] digits = new byte[10];
    private int length;

    public ReadOnlySpan<byte> Span => digits.AsSpan(0, length);

    public void Set(int row) => Utf8Formatter.TryFormat(row, digits, out length);
}
