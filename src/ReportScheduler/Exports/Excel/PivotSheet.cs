using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>A worksheet with a pivot table of Excel's own over the rows of a matrix, which stand on another sheet.</summary>
/// <remarks>Its cells are there already, for viewers that do not work it out; Excel does so again when it opens the workbook.</remarks>
internal sealed class PivotSheet
{
    /// <summary>The row of its headers: the first names what it shows, and over what.</summary>
    public const int HeaderRow = 2;

    private readonly ReportDocument document;
    private readonly ExcelStyles styles;
    private readonly IReadOnlyList<ExcelColumn> columns;
    private readonly PivotCells cells;
    private readonly int[] order;
    private readonly IReadOnlyList<int[]> lines;
    private readonly double[] widths;
    private readonly CellText shown;
    private readonly int value;
    private readonly int total;
    private readonly int[] looks;
    private readonly XmlBuffer xml = new();
    private int row;

    /// <param name="document">The report.</param>
    /// <param name="styles">Where looks go.</param>
    /// <param name="columns">The columns of the rows.</param>
    /// <param name="cells">What it shows.</param>
    public PivotSheet(ReportDocument document, ExcelStyles styles, IReadOnlyList<ExcelColumn> columns, PivotCells cells)
    {
        (this.document, this.styles, this.columns, this.cells) = (document, styles, columns, cells);
        order = cells.Across.BySize();
        lines = cells.InOrder;
        widths = new double[cells.Lines.Length + order.Length + 1];
        Format = (cells.Value ?? cells.Across.Column).Totals.FormatOf(cells.Function) ?? "General";
        shown = new CellText(document.Culture, Format);
        (value, total) = (Reserve(ExcelRole.Value, Format), Reserve(ExcelRole.Total, Format));
        looks = [.. cells.Lines.Append(cells.Across).Select(field =>
            Reserve(field.Format is null ? ExcelRole.Text : ExcelRole.Value, field.Format))];
    }

    /// <summary>The number format of its values.</summary>
    public string Format { get; }

    public IReadOnlyList<ExcelColumn> Columns => columns;

    public PivotCells Cells => cells;

    public IReadOnlyList<int[]> Lines => lines;

    /// <summary>The columns in their order, as numbers of their values.</summary>
    public int[] Order => order;

    public string TotalWord => TotalLine.Word(cells.Function == ColumnTotal.Average ? ColumnTotal.Average : ColumnTotal.Sum,
        document.Words);

    /// <summary>What it shows, in words; a field of the same name would be taken for it.</summary>
    public string Caption
    {
        get
        {
            var word = TotalLine.Word(cells.Function, document.Words);
            var caption = cells.Value is null ? word : $"{word}: {cells.Value.Header}";
            return columns.Any(column => column.Header.Equals(caption, StringComparison.OrdinalIgnoreCase)) ? caption + " " : caption;
        }
    }

    /// <summary>The field that is counted where the rows are: one whose cells are all filled.</summary>
    public ExcelColumn Counted => cells.Value ?? columns.FirstOrDefault(column => !cells.HasNone(column)) ?? cells.Across.Column;

    /// <summary>Where it is on its sheet.</summary>
    public string Range => CellReference.Range(1, 1, widths.Length, HeaderRow + lines.Count + 1);

    public PaperSetup Paper => PaperSetup.Of(document.Task, widths.Sum(), widths.Length);

    public ReadOnlySpan<byte> ToXml()
    {
        Write();
        return SheetEnvelope.Head(document, first: false, HeaderRow, widths, 0).Add("<sheetData>"u8).Add(xml.Span).Add("</sheetData>"u8)
            .Add(SheetEnvelope.Tail(document, Paper, ("", ""), "", "", [], hasTable: false, hasDrawing: false).Span).Span;
    }

    private void Write()
    {
        var (header, right) = (styles.Of(ExcelRole.Header), styles.Of(ExcelRole.PlainRightHeader));
        var keys = cells.Lines.Length;
        Begin();
        for (var place = 0; place < widths.Length; place++)
        {
            AddText(place, place == 0 ? Caption : place == keys ? cells.Across.Column.Header : "", header);
        }

        End();
        Begin();
        var head = Reserve(ExcelRole.PlainRightHeader, cells.Across.Format);
        for (var place = 0; place < keys; place++)
        {
            AddText(place, cells.Lines[place].Column.Header, header);
        }

        for (var place = 0; place < order.Length; place++)
        {
            AddItem(keys + place, cells.Across, order[place], head);
        }

        AddText(widths.Length - 1, TotalWord, right);
        End();
        int[]? above = null;
        foreach (var line in lines)
        {
            AddLine(line, above);
            above = line;
        }

        AddTotals();
    }

    private void AddLine(int[] line, int[]? above)
    {
        Begin();
        var keys = cells.Lines.Length;
        var repeats = above is not null;
        for (var place = 0; place < keys; place++)
        {
            repeats = repeats && above![place] == line[place];
            if (repeats)
            {
                xml.Add("<c/>"u8);
            }
            else
            {
                AddItem(place, cells.Lines[place], line[place], looks[place]);
            }
        }

        for (var place = 0; place < order.Length; place++)
        {
            AddValue(keys + place, cells.Of(line, order[place]), value);
        }

        AddValue(widths.Length - 1, cells.Of(line, null), value);
        End();
    }

    private void AddTotals()
    {
        var label = styles.Of(ExcelRole.TotalLabel);
        Begin();
        AddText(0, TotalWord, label);
        for (var place = 1; place < cells.Lines.Length; place++)
        {
            AddText(place, "", label);
        }

        for (var place = 0; place < order.Length; place++)
        {
            AddValue(cells.Lines.Length + place, cells.Of(null, order[place]), total);
        }

        AddValue(widths.Length - 1, cells.Of(null, null), total);
        End();
    }

    private void Begin() => xml.Add("<row r=\""u8).Add(++row).Add("\">"u8);

    private void End() => xml.Add("</row>"u8);

    private void AddItem(int place, PivotField field, int number, int style)
    {
        var item = field.Items[number];
        var text = field.Shown(item);
        if (item.Kind is PivotItemKind.Text or PivotItemKind.None)
        {
            AddText(place, text, style);
            return;
        }

        Widen(place, text);
        xml.AddXml($"<c s=\"{style}\"{(item.Kind == PivotItemKind.Truth ? " t=\"b\"" : "")}><v>");
        if (item.Kind == PivotItemKind.Date)
        {
            xml.Length += ExcelNumber.FormatDate(item.Cell.DateTime.Ticks, xml.Room(ExcelNumber.MaxLength));
        }
        else
        {
            xml.AddXml(item.Text);
        }

        xml.Add("</v></c>"u8);
    }

    private void AddValue(int place, in Cell cell, int style)
    {
        var number = (cells.Value ?? cells.Across.Column).Totals.Of(cells.Function, cell, isOfValues: true);
        if (number.Text is { } text)
        {
            AddText(place, text, style);
            return;
        }

        if (number.Value is not { } known)
        {
            xml.AddXml($"<c s=\"{style}\"/>");
            return;
        }

        Widen(place, shown.Of(cell));
        xml.AddXml($"<c s=\"{style}\"><v>{known.ToString("R", CultureInfo.InvariantCulture)}</v></c>");
    }

    private void AddText(int place, string text, int style)
    {
        if (text.Length == 0)
        {
            xml.AddXml($"<c s=\"{style}\"/>");
            return;
        }

        Widen(place, text);
        xml.AddXml($"<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">").AddText(ExcelText.WithLineFeeds(text))
            .Add("</t></is></c>"u8);
    }

    // room for the button of a field too
    private void Widen(int place, string text) =>
        widths[place] = Math.Clamp((TextWidth.Of(text) * 1.1) + (row <= HeaderRow ? 4 : 2), Math.Max(9, widths[place]), 60);

    private int Reserve(ExcelRole role, string? format)
    {
        var style = styles.Reserve();
        styles.Define(style, role, format);
        return style;
    }
}
