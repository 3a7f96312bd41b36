using System.Globalization;
using System.Runtime.CompilerServices;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Time;

namespace ReportScheduler.Exports.Excel;

/// <summary>One column of a worksheet: writes its cells, and learns from them how it must look.</summary>
/// <remarks>The methods that every cell passes are compiled once and for all: the runtime's
/// tiers, which count before they optimise, cost a third of an export.</remarks>
internal sealed class ExcelColumn
{
    // a block of a sparkline is as wide as the widest letters, in pixels
    private const int BlockWidth = 10;

    private readonly ExcelStyles styles;
    private readonly ColumnTexts texts;
    private readonly CellOpenings openings;
    private readonly ColumnMeasure measure;
    private readonly ColumnLook look;
    private readonly bool hasTotal;
    private readonly bool isText;
    private readonly bool isNumber;
    private readonly bool isRight;
    private readonly bool showsWords;
    private readonly string? nullText;
    private readonly TimeZoneInfo zone;
    private readonly CultureInfo culture;

    /// <param name="laidOut">The column.</param>
    /// <param name="header">Its header, unique on the sheet.</param>
    /// <param name="number">Its place on the sheet, from 1.</param>
    /// <param name="styles">Where its looks go.</param>
    /// <param name="shared">The texts of the workbook that are kept once.</param>
    /// <param name="document">How dates look, and in which zone times are shown.</param>
    public ExcelColumn(LaidOutColumn laidOut, string header, int number, ExcelStyles styles, SharedTexts shared, ReportDocument document)
    {
        LaidOut = laidOut;
        Header = header;
        Number = number;
        Source = laidOut.Column.Index;
        this.styles = styles;
        hasTotal = laidOut.Total != ColumnTotal.None;
        isText = laidOut.Format == "@";
        nullText = laidOut.NullText is { Length: > 0 } nothing ? nothing : null;
        isRight = laidOut.IsNumber;
        showsWords = WordsFormat.Is(laidOut.Format);
        isNumber = FormatKind.IsForNumbers(laidOut.Format);
        zone = document.Zone;
        culture = document.Culture;
        texts = new ColumnTexts(shared);
        openings = new CellOpenings(number, styles);
        measure = new ColumnMeasure(laidOut.Width);
        look = new ColumnLook(laidOut, header, measure, document.Culture);
        Totals = new ExcelTotals(laidOut, () => IsBlank || ValuesAsText > 0, total => look.TotalFormat(openings.Has, total));
    }

    public LaidOutColumn LaidOut { get; }

    public string Header { get; }

    public int Number { get; }

    /// <summary>Its place in the rows of the reader, from 0.</summary>
    public int Source { get; }

    /// <summary>Whether its cells are blank: the values stand at the heads of the groups.</summary>
    public bool IsBlank { get; init; }

    /// <summary>Whether the next cell is a link.</summary>
    public bool IsLink { get; set; }

    /// <summary>Whether a picture lies over the next cell, which is empty.</summary>
    public bool HasPicture { get; set; }

    /// <summary>What stands below the column.</summary>
    public ExcelTotals Totals { get; }

    /// <summary>The number format of its cells; null for text.</summary>
    public string? MainFormat => look.MainFormat(openings.Has);

    /// <summary>How many texts were cut because a cell does not hold them.</summary>
    public long Cut => texts.Cut;

    /// <summary>How many numbers stand as text because Excel would drop digits of their whole part.</summary>
    public long NumbersAsText { get; private set; }

    /// <summary>How many numbers lost digits of their whole part because a number format was asked for.</summary>
    public long NumbersRounded { get; private set; }

    /// <summary>How many numbers and times stand as text, for whatever reason.</summary>
    public long ValuesAsText { get; private set; }

    /// <summary>How many times stand as text because Excel cannot show any below zero.</summary>
    public long NegativeTimes { get; private set; }

    /// <summary>The cell format that a template gives the column; null to design it.</summary>
    public int? TemplateStyle { get; init; }

    /// <summary>The workbook counts days from 1904 on, and not from 1900.</summary>
    public bool CountsFrom1904 { get; init; }

    /// <param name="cell">The value.</param>
    /// <param name="row">The row's number as digits; empty for cells without references, of which NULL is one too.</param>
    /// <param name="xml">Where to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(in Cell cell, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (cell.Kind == CellKind.Null)
        {
            if (nullText is not null && !IsBlank)
            {
                WriteText(nullText, isRight ? ColumnStyle.RightText : ColumnStyle.Text, row, xml);
                return;
            }

            xml.Add(row.Length == 0 ? "<c/>"u8 : []);
            return;
        }
        if (IsBlank)
        {
            xml.Add("<c/>"u8);
        }
        else if (isText && cell.Kind is not (CellKind.Text or CellKind.Json or CellKind.Binary))
        {
            WriteAsText(cell, row, xml);
        }
        else
        {
            WriteValue(cell, row, xml);
        }
        if (hasTotal)
        {
            Totals.Add(cell);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteValue(in Cell cell, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        switch (cell.Kind)
        {
            case CellKind.Integer:
                WriteInteger(cell.Int64, row, xml);
                break;
            case CellKind.Decimal:
                WriteDecimal(cell.Decimal, null, row, xml);
                break;
            case CellKind.Double:
                WriteDouble(cell.Double, row, xml);
                break;
            // Excel shows its own Booleans in its own words, whatever their format
            case CellKind.Boolean when showsWords:
                WriteInteger(cell.Boolean ? 1 : 0, row, xml);
                break;
            case CellKind.Boolean:
                openings.Begin(ColumnStyle.Boolean, row, " t=\"b\"><v>"u8, xml);
                xml.Add(cell.Boolean ? "1</v></c>"u8 : "0</v></c>"u8);
                break;
            case CellKind.Date:
                WriteDate(cell, ColumnStyle.Date, cell.DateTime, row, xml);
                break;
            case CellKind.DateTime:
                WriteDate(cell, ColumnStyle.DateTime, cell.DateTime, row, xml);
                break;
            case CellKind.DateTimeOffset:
                WriteDate(cell, ColumnStyle.DateTime, Zones.Clock(cell.DateTimeOffset, zone), row, xml);
                break;
            case CellKind.Time:
                WriteTime(cell, row, xml);
                break;
            // a sparkline of Excel's own stays where it is when the rows are sorted
            case CellKind.Text or CellKind.Json when LaidOut.Spark is { } sparks && Sparkline.Of(cell, sparks) is { } spark:
                WriteSpark(spark.Text(), row, xml);
                break;
            case CellKind.Text when LaidOut.Column.Kind == ColumnKind.Decimal && LongNumber.TryRead(cell.Text, out var number):
                WriteDecimal(number, cell.Text, row, xml);
                break;
            case CellKind.Text or CellKind.Json:
                WriteText(cell.Text, IsLink ? ColumnStyle.Link : ColumnStyle.Text, row, xml);
                break;
            case CellKind.Binary when HasPicture:
                openings.Begin(ColumnStyle.Text, row, "/>"u8, xml);
                break;
            default:
                WriteText(Plain(cell), ColumnStyle.Text, row, xml);
                break;
        }
    }

    // What the format of text makes of a number, a date or a time.
    private void WriteAsText(in Cell cell, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        var isValue = cell.Kind is CellKind.Integer or CellKind.Decimal or CellKind.Double or CellKind.Time;
        ValuesAsText += isValue ? 1 : 0;
        WriteText(Plain(cell), isValue ? ColumnStyle.RightText : ColumnStyle.Text, row, xml);
    }

    /// <summary>Whether a number so far is below zero.</summary>
    public bool HasNegatives => measure.Smallest < 0;

    /// <summary>Whether its values so far are dates without a time of the day.</summary>
    public bool HasWholeDays =>
        !measure.HasHours && LaidOut.Column.Kind is ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset;

    /// <summary>Makes room for a text of a line of totals that cannot reach over its neighbours.</summary>
    public void MakeRoomFor(string label) => measure.AddText(label);

    /// <summary>Makes room for a picture.</summary>
    /// <param name="width">In pixels.</param>
    public void MakeRoomForPicture(int width) => measure.AddPicture(width);

    /// <summary>How many lines a value takes where it is wrapped.</summary>
    public int LinesOf(in Cell cell) =>
        cell.Kind is CellKind.Text or CellKind.Json && measure.CanHaveLines && !IsBlank && LaidOut.Spark is null ? measure.LinesOf(cell.Text) : 1;

    /// <summary>Settles number formats and alignment, now that all rows are known.</summary>
    /// <returns>The width in characters.</returns>
    public double Finish()
    {
        openings.Define((style, number) =>
        {
            var format = look.FormatOf(style);
            if (TemplateStyle is { } template)
            {
                var isDate = style is ColumnStyle.Date or ColumnStyle.DateTime or ColumnStyle.Time;
                styles.Define(number, template, LaidOut.Format ?? (isDate && !styles.HasNumberFormat(template) ? format : null));
            }
            else
            {
                styles.Define(number, look.RoleOf(style), format);
            }
        });
        return look.Width(openings.Has, Totals.Widest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteInteger(long value, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (!ExcelNumber.Fits(value))
        {
            if (!isNumber)
            {
                WriteDigits(value.ToString(CultureInfo.InvariantCulture), row, xml);
                return;
            }
            NumbersRounded++;
        }
        openings.Begin(ColumnStyle.Integer, row, "><v>"u8, xml);
        xml.Add(value).Add("</v></c>"u8);
        measure.AddNumber(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteDecimal(decimal value, string? digits, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (!ExcelNumber.Fits(value))
        {
            if (!isNumber)
            {
                WriteDigits(digits ?? value.ToString(CultureInfo.InvariantCulture), row, xml);
                return;
            }
            NumbersRounded++;
        }
        openings.Begin(ColumnStyle.Fraction, row, "><v>"u8, xml);
        xml.Length += ExcelNumber.Format(value, xml.Room(ExcelNumber.MaxLength));
        xml.Add("</v></c>"u8);
        measure.AddNumber((double)value, value.Scale > measure.FractionDigits ? FractionDigits.Measured(value) : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteDouble(double value, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (!double.IsFinite(value))
        {
            ValuesAsText++;
            WriteText(value.ToString(CultureInfo.InvariantCulture), ColumnStyle.RightText, row, xml);
            return;
        }
        openings.Begin(ColumnStyle.Fraction, row, "><v>"u8, xml);
        xml.Length += ExcelNumber.Format(value, xml.Room(ExcelNumber.MaxLength), out var fractionDigits, out var isScientific);
        xml.Add("</v></c>"u8);
        measure.AddNumber(value, fractionDigits);
        measure.IsScientific |= isScientific;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteDate(in Cell cell, ColumnStyle style, DateTime value, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (!(CountsFrom1904 ? ExcelNumber.IsDateFrom1904(value.Ticks) : ExcelNumber.IsDate(value.Ticks)))
        {
            WriteText(Plain(cell), ColumnStyle.Text, row, xml);
            return;
        }
        measure.HasHours |= value.Ticks % TimeSpan.TicksPerDay != 0;
        openings.Begin(style, row, "><v>"u8, xml);
        xml.Length += CountsFrom1904
            ? ExcelNumber.FormatDateFrom1904(value.Ticks, xml.Room(ExcelNumber.MaxLength))
            : ExcelNumber.FormatDate(value.Ticks, xml.Room(ExcelNumber.MaxLength));
        xml.Add("</v></c>"u8);
    }

    private void WriteTime(in Cell cell, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (cell.Time < TimeSpan.Zero)
        {
            // Excel shows a negative time as ####.
            NegativeTimes++;
            ValuesAsText++;
            WriteText(Plain(cell), ColumnStyle.RightText, row, xml);
            return;
        }
        openings.Begin(ColumnStyle.Time, row, "><v>"u8, xml);
        xml.Length += ExcelNumber.FormatDays(cell.Time.Ticks, xml.Room(ExcelNumber.MaxLength));
        xml.Add("</v></c>"u8);
        measure.AddNumber(cell.Time.TotalHours);
    }

    private void WriteSpark(string blocks, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        measure.AddPicture(blocks.Length * BlockWidth);
        WriteText(blocks, ColumnStyle.Text, row, xml);
    }

    private void WriteDigits(string digits, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        NumbersAsText++;
        ValuesAsText++;
        WriteText(digits, ColumnStyle.RightText, row, xml);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteText(string text, ColumnStyle style, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        text = ExcelText.WithLineFeeds(text);
        measure.AddText(text);
        var number = texts.Share(text);
        if (number >= 0)
        {
            openings.Begin(style, row, " t=\"s\"><v>"u8, xml);
            xml.Add(number).Add("</v></c>"u8);
            return;
        }
        var shown = texts.Shown(text);
        openings.Begin(style, row,
            ExcelText.MustKeepSpace(shown) ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8 : " t=\"inlineStr\"><is><t>"u8, xml);
        xml.AddText(shown).Add("</t></is></c>"u8);
    }

    // The size of binary data is words of the report; what Excel holds as text is the same in every culture.
    private string Plain(in Cell cell) =>
        new CellText(cell.Kind == CellKind.Binary ? culture : CultureInfo.InvariantCulture).Of(cell);
}
