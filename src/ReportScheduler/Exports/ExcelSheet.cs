using System.Globalization;
using System.Text;

namespace ReportScheduler.Exports;

/// <summary>One worksheet part, written as its rows come.</summary>
internal sealed class ExcelSheet : IDisposable
{
    public const int MostColumns = 16384;

    private const int MostRows = 1_048_576;
    private const int Flush = 1 << 16;
    private const double WidestColumn = 60;
    private static readonly DateTime FirstDate = new(1900, 1, 1);

    private readonly IReadOnlyList<LaidOutColumn> columns;
    private readonly IReadOnlyList<string> references;
    private readonly int[] columnStyles;
    private readonly int[] dateStyles;
    private readonly int[] dateTimeStyles;
    private readonly ExcelStyles styles;
    private readonly ReportDocument document;
    private readonly StreamWriter output;
    private readonly StringBuilder xml = new();
    private readonly CellText text;
    private int row;

    public ExcelSheet(
        int number, string name, string table, IReadOnlyList<LaidOutColumn> columns, ExcelStyles styles, ReportDocument document, Stream stream)
    {
        Number = number;
        Name = name;
        Table = table;
        this.columns = columns;
        this.styles = styles;
        this.document = document;
        text = new CellText(CultureInfo.InvariantCulture);
        references = [.. Enumerable.Range(0, columns.Count).Select(ExcelNames.Column)];
        Headers = ExcelNames.Headers(columns.Select(column => column.Column.Header));
        columnStyles = [.. columns.Select(column => styles.Of(column.Format ?? ExcelFormat.Of(column.Column.Kind), column.IsNumber))];
        dateStyles = [.. columns.Select(column => styles.Of(column.Format ?? ExcelFormat.Of(ColumnKind.Date), right: false))];
        dateTimeStyles = [.. columns.Select(column => styles.Of(column.Format ?? ExcelFormat.Of(ColumnKind.DateTime), right: false))];
        output = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16);
    }

    public int Number { get; }

    public string Name { get; }

    public string Table { get; }

    public IReadOnlyList<string> Headers { get; }

    public IReadOnlyList<LaidOutColumn> Columns => columns;

    /// <summary>The last row of the table, totals row included.</summary>
    public int LastRow { get; private set; }

    public bool HasTotals { get; private set; }

    public bool IsLandscape { get; private set; }

    /// <summary>One row is kept for the totals.</summary>
    public bool IsFull => row >= MostRows - 1;

    /// <summary>Writes everything above the rows. Widths fit the first rows.</summary>
    public void Begin(RowBatch sample, int from)
    {
        var widths = Widths(sample, from);
        IsLandscape = widths.Sum() > 95;
        xml.Append("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView""")
            .Append(Number == 1 ? " tabSelected=\"1\"" : "")
            .Append(""" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>""");
        for (var i = 0; i < columns.Count; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{widths[i]:0.##}\" style=\"{columnStyles[i]}\" customWidth=\"1\"/>");
        }

        xml.Append("</cols><sheetData><row r=\"1\">");
        for (var i = 0; i < columns.Count; i++)
        {
            Text(i, 1, Headers[i], ExcelStyles.Header);
        }

        xml.Append("</row>");
        row = 1;
    }

    public void Write(ReadOnlySpan<Cell> cells)
    {
        row++;
        xml.Append("<row r=\"").Append(row).Append("\">");
        for (var i = 0; i < columns.Count; i++)
        {
            Write(i, cells[columns[i].Column.Index]);
        }

        xml.Append("</row>");
        if (xml.Length > Flush)
        {
            output.Write(xml);
            xml.Clear();
        }
    }

    public void Close(bool withTotals)
    {
        var lastData = Math.Max(row, 2);
        LastRow = lastData;
        HasTotals = withTotals && columns.Any(column => column.Total != ColumnTotal.None);
        if (HasTotals)
        {
            LastRow++;
            xml.Append("<row r=\"").Append(LastRow).Append("\">");
            for (var i = 0; i < columns.Count; i++)
            {
                Total(i);
            }

            xml.Append("</row>");
        }

        xml.Append("</sheetData><pageMargins left=\"0.5\" right=\"0.5\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>")
            .Append(CultureInfo.InvariantCulture, $"<pageSetup paperSize=\"{Paper()}\" orientation=\"{(IsLandscape ? "landscape" : "portrait")}\" fitToHeight=\"0\"/>")
            .Append("<headerFooter><oddFooter>&amp;L").Append(Footer(document.Task.Name)).Append("&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>")
            .Append("<tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts></worksheet>");
        output.Write(xml);
        Dispose();
    }

    public void Dispose() => output.Dispose();

    private static string Footer(string name)
    {
        var escaped = new StringBuilder();
        ExcelText.Append(escaped, name.Replace("&", "&&", StringComparison.Ordinal));
        return escaped.ToString();
    }

    private int Paper() => document.Task.PageSize switch
    {
        Tasks.PageSize.Letter => 1,
        Tasks.PageSize.Legal => 5,
        _ => 9,
    };

    private void Write(int column, in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Null:
                return;
            case CellKind.Integer when Math.Abs((decimal)cell.Int64) < 1_000_000_000_000_000m:
                Numeric(column, cell.Int64.ToString(CultureInfo.InvariantCulture), columnStyles[column]);
                return;
            case CellKind.Decimal when Digits(cell.Decimal) <= 15:
                Numeric(column, cell.Decimal.ToString(CultureInfo.InvariantCulture), columnStyles[column]);
                return;
            case CellKind.Double when double.IsFinite(cell.Double):
                Numeric(column, cell.Double.ToString("R", CultureInfo.InvariantCulture), columnStyles[column]);
                return;
            case CellKind.Boolean:
                xml.Append("<c r=\"").Append(references[column]).Append(row).Append("\" t=\"b\"><v>").Append(cell.Boolean ? '1' : '0').Append("</v></c>");
                return;
            case CellKind.Date when cell.DateTime >= FirstDate:
                Numeric(column, Serial(cell.DateTime), columns[column].Column.Kind == ColumnKind.Date ? columnStyles[column] : dateStyles[column]);
                return;
            case CellKind.DateTime when cell.DateTime >= FirstDate:
                Numeric(column, Serial(cell.DateTime), columns[column].Column.Kind == ColumnKind.DateTime ? columnStyles[column] : dateTimeStyles[column]);
                return;
            case CellKind.DateTimeOffset when cell.DateTimeOffset.DateTime >= FirstDate:
                Numeric(column, Serial(cell.DateTimeOffset.DateTime), columns[column].Column.Kind == ColumnKind.DateTimeOffset ? columnStyles[column] : dateTimeStyles[column]);
                return;
            case CellKind.Time when cell.Time >= TimeSpan.Zero:
                Numeric(column, cell.Time.TotalDays.ToString("R", CultureInfo.InvariantCulture), columnStyles[column]);
                return;
            case CellKind.Text or CellKind.Json:
                Text(column, row, cell.Text, columnStyles[column]);
                return;
            default:
                // What a worksheet cannot hold as a number without changing it stays the text it is.
                Text(column, row, text.Of(cell), columnStyles[column]);
                return;
        }
    }

    private void Numeric(int column, string value, int style) => xml
        .Append("<c r=\"").Append(references[column]).Append(row).Append("\" s=\"").Append(style).Append("\"><v>").Append(value).Append("</v></c>");

    private void Text(int column, int at, string value, int style)
    {
        var fitting = ExcelText.Fit(value, out var cut);
        if (cut)
        {
            document.Warn($"A text in the column '{columns[column].Column.Header}' has more than {ExcelText.Longest} characters and was cut in the workbook.");
        }

        xml.Append("<c r=\"").Append(references[column]).Append(at).Append("\" s=\"").Append(style).Append("\" t=\"inlineStr\"><is><t");
        if (fitting.Length > 0 && (char.IsWhiteSpace(fitting[0]) || char.IsWhiteSpace(fitting[^1]) || fitting.Contains('\n', StringComparison.Ordinal)))
        {
            xml.Append(" xml:space=\"preserve\"");
        }

        xml.Append('>');
        ExcelText.Append(xml, fitting);
        xml.Append("</t></is></c>");
    }

    private void Total(int column)
    {
        var function = columns[column].Total switch
        {
            ColumnTotal.Sum => 109,
            ColumnTotal.Average => 101,
            ColumnTotal.Count => 103,
            _ => 0,
        };
        if (function > 0)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{references[column]}{LastRow}\" s=\"{styles.TotalOf(columnStyles[column])}\"><f>SUBTOTAL({function},{references[column]}2:{references[column]}{LastRow - 1})</f></c>");
        }
        else if (column == 0)
        {
            Text(column, LastRow, "Total", ExcelStyles.Total);
        }
    }

    /// <summary>Days since 1899-12-30; before March 1900 one less, because Excel has a 29 February 1900.</summary>
    private static string Serial(DateTime time)
    {
        var days = (time - new DateTime(1899, 12, 30)).Ticks / (decimal)TimeSpan.TicksPerDay;
        return Math.Round(time < new DateTime(1900, 3, 1) ? days - 1 : days, 11).ToString(CultureInfo.InvariantCulture);
    }

    private static int Digits(decimal value)
    {
        Span<char> digits = stackalloc char[64];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        var significant = 0;
        var zeros = 0;
        foreach (var digit in digits[..length])
        {
            if (digit == '0')
            {
                zeros++;
            }
            else if (char.IsAsciiDigit(digit))
            {
                significant += (significant > 0 ? zeros : 0) + 1;
                zeros = 0;
            }
        }

        return significant;
    }

    private double[] Widths(RowBatch sample, int from)
    {
        var widths = new double[columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            var shown = new CellText(CultureInfo.InvariantCulture, columns[i].Format ?? (columns[i].Column.Kind is ColumnKind.Text ? null : ExcelFormat.Of(columns[i].Column.Kind)));
            // Room for the filter's button beside the header, and for dates and totals later than the sample.
            var longest = Headers[i].Length + 4;
            for (var at = from; at < sample.Count; at++)
            {
                var value = shown.Of(sample[at][columns[i].Column.Index]);
                longest = Math.Max(longest, (value.Length == 0 ? 0 : value.Split('\n').Max(line => line.Length)) + 2);
            }

            var total = columns[i].Total == ColumnTotal.Sum ? 4 : 0;
            widths[i] = columns[i].Width ?? Math.Min(WidestColumn, Math.Max(8, (longest + total) * 1.08));
        }

        return widths;
    }
}
