using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.Excel;

/// <summary>Streams the rows of one worksheet.</summary>
internal sealed class SheetWriter : IDisposable
{
    private const int HeadLength = 1024;
    private const int HeadLengthPerColumn = 72;

    private readonly PartWriter part;
    private readonly IReadOnlyList<ExcelColumn> columns;
    private readonly byte[] digits = new byte[10];

    public SheetWriter(PackageWriter package, string partName, IReadOnlyList<ExcelColumn> columns)
    {
        this.columns = columns;
        part = new PartWriter(package, partName, HeadLength + (HeadLengthPerColumn * columns.Count));
        part.Buffer.Add("<sheetData>"u8);
    }

    /// <summary>How many rows are used.</summary>
    public int Row { get; private set; }

    /// <summary>A row with one text in column A; null leaves it empty.</summary>
    public void AddLine(string? text, int style)
    {
        Row++;
        if (text is not null)
        {
            part.Buffer.Add("<row r=\""u8).Add(Row).Add("\">"u8);
            AddText(1, text, style);
            part.Buffer.Add("</row>"u8);
        }
    }

    public void AddHeader(Func<ExcelColumn, int> styleOf)
    {
        Row++;
        part.Buffer.Add("<row r=\""u8).Add(Row).Add("\">"u8);
        foreach (var column in columns)
        {
            AddText(column.Number, column.Header, styleOf(column));
        }
        part.Buffer.Add("</row>"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRow(ReadOnlySpan<Cell> cells)
    {
        Row++;
        Utf8Formatter.TryFormat(Row, digits, out var length);
        var row = digits.AsSpan(0, length);
        var xml = part.Buffer;
        xml.Add("<row r=\""u8).Add(row).Add("\">"u8);
        foreach (var column in columns)
        {
            column.Write(cells[column.Source], row, xml);
        }
        xml.Add("</row>"u8);
        part.Pass();
    }

    /// <summary>The row below the table: a text in the first column and formulas with their values.</summary>
    public void AddTotals(string label, Func<ExcelColumn, int> styleOf, Func<ExcelColumn, string> formulaOf)
    {
        Row++;
        part.Buffer.Add("<row r=\""u8).Add(Row).Add("\">"u8);
        foreach (var column in columns)
        {
            if (column.LaidOut.Total != ColumnTotal.None)
            {
                part.Buffer.AddXml($"<c r=\"{CellReference.Of(column.Number, Row)}\" s=\"{styleOf(column)}\"><f>").AddText(formulaOf(column)).AddXml("</f>");
                if (column.Total is { } value)
                {
                    part.Buffer.AddXml($"<v>{value.ToString("R", CultureInfo.InvariantCulture)}</v>");
                }
                part.Buffer.Add("</c>"u8);
            }
            else if (column.Number == 1)
            {
                AddText(1, label, styleOf(column));
            }
            else
            {
                part.Buffer.AddXml($"<c r=\"{CellReference.Of(column.Number, Row)}\" s=\"{styleOf(column)}\"/>");
            }
        }
        part.Buffer.Add("</row>"u8);
    }

    /// <summary>Ends the part.</summary>
    /// <param name="head">Everything before the rows.</param>
    /// <param name="tail">Everything behind them.</param>
    public void Complete(XmlBuffer head, XmlBuffer tail)
    {
        part.Buffer.Add("</sheetData>"u8).Add(tail.Span);
        part.Complete(head.Span);
    }

    public void Dispose() => part.Dispose();

    private void AddText(int column, string text, int style) =>
        part.Buffer.AddXml($"<c r=\"{CellReference.Of(column, Row)}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">").AddText(text).Add("</t></is></c>"u8);
}
