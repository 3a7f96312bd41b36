using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>Streams the rows of one worksheet.</summary>
/// <remarks>
/// Its cells stand one behind the other from column A on, empty ones too, and carry no references (ISO/IEC 29500-1, 18.3.1.4: <c>r</c> is
/// optional): they would be a third of the sheet and almost half of the file. Readers count; the tests try those that people use.
/// MiniExcel counts only when no cell of the sheet has a reference and its dimension is not given.
/// </remarks>
internal sealed class SheetWriter : IDisposable
{
    private const int HeadLength = 1024;

    // In points; 409 is the most.
    private const int LineHeight = 15;
    private const int MostLines = 27;

    /// <summary>Further down nobody asks for heights.</summary>
    private const int MostHeights = 2000;
    private const int HeadLengthPerColumn = 72;

    private readonly PartWriter part;
    private readonly ExcelColumn[] columns;
    private readonly RowHeight height = new();
    private readonly Dictionary<int, int> higher = [];

    public SheetWriter(PackageWriter package, string partName, IReadOnlyList<ExcelColumn> columns)
    {
        this.columns = [.. columns];
        part = new PartWriter(package, partName, HeadLength + (HeadLengthPerColumn * columns.Count));
        part.Buffer.Add("<sheetData>"u8);
    }

    /// <summary>How deep rows lie in groups that can be folded away; 0 for not at all.</summary>
    public int Depth { get; init; }

    /// <summary>How many rows are used.</summary>
    public int Row { get; private set; }

    /// <summary>A row with one text in column A; null leaves it empty.</summary>
    /// <param name="text">The text.</param>
    /// <param name="style">Its cell format.</param>
    /// <param name="height">The height of the row in points.</param>
    public void AddLine(string? text, int style, int height = LineHeight)
    {
        Row++;
        if (text is not null)
        {
            part.Buffer.Add("<row r=\""u8).Add(Row).Add("\" ht=\""u8).Add(height).Add("\">"u8);
            AddText(text, style);
            part.Buffer.Add("</row>"u8);
        }
    }

    public void AddHeader(Func<ExcelColumn, int> styleOf)
    {
        Row++;
        part.Buffer.Add("<row r=\""u8).Add(Row).Add("\">"u8);
        foreach (var column in columns)
        {
            AddText(column.Header, styleOf(column));
        }

        part.Buffer.Add("</row>"u8);
    }

    /// <param name="cells">The values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRow(ReadOnlySpan<Cell> cells)
    {
        Row++;
        var xml = part.Buffer;
        xml.Add("<row r=\""u8).Add(Row);
        var attributes = xml.Length;
        if (Depth > 0)
        {
            xml.Add("\" outlineLevel=\""u8).Add(Depth);
        }

        xml.Add("\">"u8);
        foreach (var column in columns)
        {
            column.Write(cells[column.Source], height, xml);
        }

        if (!height.IsUsual)
        {
            AddHeight(attributes);
        }

        xml.Add("</row>"u8);
        part.Pass();
    }

    // Excel would find the height itself; LibreOffice and viewers on phones do not. The cells have said what it is.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddHeight(int place)
    {
        var points = Math.Max(height.Picture, height.Lines > 1 ? Math.Min(height.Lines, MostLines) * LineHeight : 0);
        part.Buffer.Insert(place, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"\" ht=\"{points}{(height.Picture > 0 ? "\" customHeight=\"1" : "")}")));
        height.Clear();
        if (Row <= MostHeights)
        {
            higher[Row] = points;
        }
    }

    /// <summary>How high one of the first rows is, in points; also of a row that is not used.</summary>
    public double HeightOf(int row) => higher.GetValueOrDefault(row, LineHeight);

    /// <summary>A line of totals: formulas with their values, and the label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="labelPlace">The place of its column, from 0; -1 for none.</param>
    /// <param name="totals">Of each column.</param>
    /// <param name="styleOf">The cell format of a total, and of the label.</param>
    /// <param name="formulaOf">The formula of a column's total.</param>
    /// <param name="depth">How deep the line lies in groups that can be folded away.</param>
    public void AddTotals(
        string label, int labelPlace, IReadOnlyList<ExcelTotal> totals, Func<ExcelColumn, ExcelTotal, int> styleOf,
        Func<ExcelColumn, ExcelTotal, string> formulaOf, int depth = 0)
    {
        Begin(depth);
        for (var place = 0; place < columns.Length; place++)
        {
            if (totals[place].Kind != ColumnTotal.None)
            {
                AddTotal(totals[place], styleOf(columns[place], totals[place]), formulaOf(columns[place], totals[place]));
            }
            else if (place == labelPlace)
            {
                AddText(label, styleOf(columns[place], default));
            }
            else
            {
                AddEmpty(styleOf(columns[place], default));
            }
        }

        part.Buffer.Add("</row>"u8);
    }

    /// <summary>The row at the head of a group.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="place">The place of its column, from 0.</param>
    /// <param name="style">Its cell format.</param>
    /// <param name="depth">How deep it lies in other groups.</param>
    public void AddHead(string text, int place, int style, int depth)
    {
        Begin(depth);
        for (var column = 0; column < columns.Length; column++)
        {
            if (column == place)
            {
                AddText(text, style);
            }
            else
            {
                AddEmpty(style);
            }
        }

        part.Buffer.Add("</row>"u8);
        part.Pass();
    }

    private void Begin(int depth)
    {
        Row++;
        part.Buffer.Add("<row r=\""u8).Add(Row);
        if (depth > 0)
        {
            part.Buffer.Add("\" outlineLevel=\""u8).Add(depth);
        }

        part.Buffer.Add("\">"u8);
    }

    private void AddTotal(ExcelTotal total, int style, string formula)
    {
        part.Buffer.Add("<c s=\""u8).Add(style).Add(total.Text is null ? "\"><f>"u8 : "\" t=\"str\"><f>"u8).AddText(formula).Add("</f>"u8);
        if (total.Text is not null)
        {
            part.Buffer.Add("<v>"u8).AddText(total.Text).Add("</v>"u8);
        }
        else if (total.Value is { } value)
        {
            part.Buffer.Add("<v>"u8).AddXml(value.ToString("R", CultureInfo.InvariantCulture)).Add("</v>"u8);
        }

        part.Buffer.Add("</c>"u8);
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

    private void AddEmpty(int style) => part.Buffer.Add("<c s=\""u8).Add(style).Add("\"/>"u8);

    private void AddText(string text, int style) =>
        part.Buffer.Add("<c s=\""u8).Add(style).Add("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8)
            .AddText(ExcelText.WithLineFeeds(text)).Add("</t></is></c>"u8);
}
