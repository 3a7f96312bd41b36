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
    private const string Hidden = ";;;";

    private readonly ExcelStyles styles;
    private readonly ColumnTexts texts;
    private readonly TextHabits? habits;
    private readonly CellOpenings openings;
    private readonly ColumnMeasure measure;
    private readonly ColumnLook look;
    private readonly bool hasReferences;
    private readonly bool hasTotal;
    private readonly bool mayBeLong;
    private readonly bool isText;
    private readonly bool isNumber;
    private readonly bool isRight;
    private readonly bool showsWords;
    private readonly SparklineKind? sparks;
    private readonly string? nullText;
    private readonly TimeZoneInfo zone;
    private readonly CultureInfo culture;

    /// <param name="laidOut">The column.</param>
    /// <param name="header">Its header, unique on the sheet.</param>
    /// <param name="number">Its place on the sheet, from 1.</param>
    /// <param name="styles">Where its looks go.</param>
    /// <param name="shared">The texts of the workbook that are kept once.</param>
    /// <param name="document">How dates look, and in which zone times are shown.</param>
    /// <param name="row">The row, where cells have references; null for none.</param>
    public ExcelColumn(LaidOutColumn laidOut, string header, int number, ExcelStyles styles, SharedTexts shared, ReportDocument document,
        RowDigits? row = null)
    {
        LaidOut = laidOut;
        Header = header;
        Number = number;
        Source = laidOut.Column.Index;
        this.styles = styles;
        hasReferences = row is not null;
        hasTotal = laidOut.Total != ColumnTotal.None;
        isText = laidOut.Format == "@";
        nullText = laidOut.NullText is { Length: > 0 } nothing ? nothing : null;
        isRight = laidOut.IsNumber;
        showsWords = WordsFormat.Is(laidOut.Format);
        sparks = laidOut.Spark;
        isNumber = FormatKind.IsForNumbers(laidOut.Format);
        mayBeLong = LongNumber.MayBeIn(laidOut.Column.Kind);
        zone = document.Zone;
        culture = document.Culture;
        habits = document.Habits;
        texts = new ColumnTexts(shared, habits?.IsVaried(laidOut.Column.Name) == true);
        openings = new CellOpenings(number, styles, row);
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

    /// <summary>Whether its cells are not blank but hidden, since a rule for whole rows looks at them.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The words for true and false; null where no such value has been seen.</summary>
    public TruthWords? Truth => showsWords || openings.Has(ColumnStyle.Boolean) ? TruthWords.Of(LaidOut.Format, culture) : null;

    /// <summary>Whether the next cell is a link.</summary>
    public bool IsLink { get; set; }

    /// <summary>Whether its cells may be pictures.</summary>
    public bool MayHavePictures => !IsBlank && LaidOut.Column.Kind is ColumnKind.Binary or ColumnKind.Text;

    /// <summary>Takes the pictures of its cells; null for whoever shows none.</summary>
    public SheetPictures? Pictures { get; set; }

    /// <summary>What stands below the column.</summary>
    public ExcelTotals Totals { get; }

    /// <summary>The number format of its cells; null for text.</summary>
    public string? MainFormat => look.MainFormat(openings.Has);

    /// <summary>The number format of its cells with digits behind the decimal mark; null where there are none.</summary>
    public string? FractionFormat => openings.Has(ColumnStyle.Fraction) ? look.FormatOf(ColumnStyle.Fraction) : null;

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
    /// <param name="height">What the row needs, to which the cell adds.</param>
    /// <param name="xml">Where to. NULL stands there only among cells without references.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(in Cell cell, RowHeight height, XmlBuffer xml)
    {
        if (cell.Kind == CellKind.Null)
        {
            if (nullText is not null && !IsBlank)
            {
                WriteText(nullText, isRight ? ColumnStyle.RightText : ColumnStyle.Text, xml);
                Totals.HasNullText = true;
                return;
            }

            WriteNothing(xml);
            return;
        }

        if (IsBlank && !IsHidden)
        {
            WriteNothing(xml);
        }
        else if (isText && cell.Kind is not (CellKind.Text or CellKind.Json or CellKind.Binary))
        {
            WriteAsText(cell, xml);
        }
        else
        {
            WriteValue(cell, height, xml);
        }

        if (hasTotal)
        {
            Totals.Add(cell);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteValue(in Cell cell, RowHeight height, XmlBuffer xml)
    {
        switch (cell.Kind)
        {
            case CellKind.Integer:
                WriteInteger(cell.Int64, xml);
                break;
            case CellKind.Decimal:
                WriteDecimal(cell.Decimal, null, xml);
                break;
            case CellKind.Double:
                WriteDouble(cell.Double, xml);
                break;
            // Excel shows its own Booleans in its own words, whatever their format
            case CellKind.Boolean when showsWords:
                WriteInteger(cell.Boolean ? 1 : 0, xml);
                break;
            case CellKind.Boolean:
                WriteBoolean(cell.Boolean, xml);
                break;
            case CellKind.Date:
            case CellKind.DateTime:
                WriteDate(cell, cell.Int64, xml);
                break;
            // a sparkline of Excel's own stays where it is when the rows are sorted
            case CellKind.Text or CellKind.Json when sparks is { } kind && Sparkline.Of(cell, kind) is { } spark:
                WriteSpark(spark.Text(), xml);
                break;
            case CellKind.Text when mayBeLong && LongNumber.TryRead(cell.Text, out var number):
                WriteDecimal(number, cell.Text, xml);
                break;
            case CellKind.Text when mayBeLong && LongNumber.IsNumber(cell.Text):
                WriteDigits(cell.Text, xml);
                break;
            case CellKind.Text or CellKind.Json:
                if (measure.CanHaveLines)
                {
                    height.MakeRoomForLines(measure.LinesOf(cell.Text));
                }

                WriteText(cell.Text, IsLink ? ColumnStyle.Link : ColumnStyle.Text, xml);
                break;
            default:
                WriteOther(cell, height, xml);
                break;
        }
    }

    // An empty cell has the line below it too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteNothing(XmlBuffer xml)
    {
        if (!hasReferences)
        {
            openings.Begin(ColumnStyle.Nothing, CellForm.Empty, 0, xml);
        }
    }

    // What is rare.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteOther(in Cell cell, RowHeight height, XmlBuffer xml)
    {
        switch (cell.Kind)
        {
            case CellKind.DateTimeOffset:
                WriteDate(cell, Zones.Clock(cell.DateTimeOffset, zone).Ticks, xml);
                break;
            case CellKind.Time:
                WriteTime(cell, xml);
                break;
            case CellKind.Binary when Pictures?.Take(cell.Binary, Number, measure, height) == true:
                openings.Begin(ColumnStyle.Text, CellForm.Empty, 0, xml);
                break;
            default:
                WriteText(Plain(cell), ColumnStyle.Text, xml);
                break;
        }
    }

    // What the format of text makes of a number, a date or a time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteAsText(in Cell cell, XmlBuffer xml)
    {
        var isValue = cell.Kind is CellKind.Integer or CellKind.Decimal or CellKind.Double or CellKind.Time;
        ValuesAsText += isValue ? 1 : 0;
        WriteText(Plain(cell), isValue ? ColumnStyle.RightText : ColumnStyle.Text, xml);
    }

    /// <summary>Whether a number so far is below zero.</summary>
    public bool HasNegatives => measure.Smallest < 0;

    /// <summary>Whether its values so far are dates without a time of the day.</summary>
    public bool HasWholeDays =>
        !measure.HasHours && LaidOut.Column.Kind is ColumnKind.Date or ColumnKind.DateTime or ColumnKind.DateTimeOffset;

    /// <summary>Makes room for a text of a line of totals that cannot reach over its neighbours.</summary>
    public void MakeRoomFor(string label) => measure.AddLabel(label);

    /// <summary>Tells the parts that follow what its texts have shown.</summary>
    public void Teach()
    {
        if (texts.Tries > 0)
        {
            habits?.Add(LaidOut.Column.Name, texts.Tries, texts.Hits);
        }
    }

    /// <summary>Settles number formats and alignment, now that all rows are known.</summary>
    /// <returns>The width in characters.</returns>
    public double Finish()
    {
        openings.Define((style, number) =>
        {
            var format = IsHidden ? Hidden : look.FormatOf(style);
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
    private void WriteBoolean(bool value, XmlBuffer xml)
    {
        var room = BeginValue(ColumnStyle.Boolean, CellForm.Boolean, xml);
        room[0] = (byte)(value ? '1' : '0');
        End(1, room, xml);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteInteger(long value, XmlBuffer xml)
    {
        if (!ExcelNumber.Fits(value))
        {
            if (!isNumber)
            {
                WriteDigits(value.ToString(CultureInfo.InvariantCulture), xml);
                return;
            }

            NumbersRounded++;
        }

        var room = BeginValue(ColumnStyle.Integer, CellForm.Number, xml);
        End(ExcelNumber.Format(value, room), room, xml);
        measure.AddNumber(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteDecimal(decimal value, string? digits, XmlBuffer xml)
    {
        if (!ExcelNumber.TryTakeApart(value, out var whole, out var scale))
        {
            WriteLong(value, digits, xml);
            return;
        }

        var room = BeginValue(ColumnStyle.Fraction, CellForm.Number, xml);
        End(ExcelNumber.Format(whole, scale, room), room, xml);
        measure.AddNumber(ExcelNumber.ToDouble(whole, scale), scale > measure.FractionDigits ? FractionDigits.Measured(value) : 0);
    }

    // A decimal with more digits than Excel keeps.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteLong(decimal value, string? digits, XmlBuffer xml)
    {
        if (!ExcelNumber.Fits(value))
        {
            if (!isNumber)
            {
                WriteDigits(digits ?? value.ToString(CultureInfo.InvariantCulture), xml);
                return;
            }

            NumbersRounded++;
        }

        var room = BeginValue(ColumnStyle.Fraction, CellForm.Number, xml);
        End(ExcelNumber.Format(value, room), room, xml);
        measure.AddNumber((double)value, value.Scale > measure.FractionDigits ? FractionDigits.Measured(value) : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteDouble(double value, XmlBuffer xml)
    {
        if (!double.IsFinite(value))
        {
            ValuesAsText++;
            WriteText(value.ToString(CultureInfo.InvariantCulture), ColumnStyle.RightText, xml);
            return;
        }

        var room = BeginValue(ColumnStyle.Fraction, CellForm.Number, xml);
        End(ExcelNumber.Format(value, room, out var fractionDigits, out var isScientific), room, xml);
        measure.AddNumber(value, fractionDigits);
        measure.IsScientific |= isScientific;
    }

    /// <param name="cell">The value.</param>
    /// <param name="ticks">What the clocks show.</param>
    /// <param name="xml">Where to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteDate(in Cell cell, long ticks, XmlBuffer xml)
    {
        if (!(CountsFrom1904 ? ExcelNumber.IsDateFrom1904(ticks) : ExcelNumber.IsDate(ticks)))
        {
            WriteText(EarlyDate(cell), ColumnStyle.Text, xml);
            return;
        }

        measure.HasHours |= ticks % TimeSpan.TicksPerDay != 0;
        var room = BeginValue(cell.Kind == CellKind.Date ? ColumnStyle.Date : ColumnStyle.DateTime, CellForm.Number, xml);
        End(CountsFrom1904 ? ExcelNumber.FormatDateFrom1904(ticks, room) : ExcelNumber.FormatDate(ticks, room), room, xml);
    }

    private void WriteTime(in Cell cell, XmlBuffer xml)
    {
        if (cell.Time < TimeSpan.Zero)
        {
            // Excel shows a negative time as ####.
            NegativeTimes++;
            ValuesAsText++;
            WriteText(Plain(cell), ColumnStyle.RightText, xml);
            return;
        }

        var room = BeginValue(ColumnStyle.Time, CellForm.Number, xml);
        End(ExcelNumber.FormatDays(cell.Time.Ticks, room), room, xml);
        measure.AddNumber(cell.Time.TotalHours);
    }

    private void WriteSpark(string blocks, XmlBuffer xml)
    {
        measure.AddPicture(blocks.Length * BlockWidth);
        WriteText(blocks, ColumnStyle.Text, xml);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteDigits(string digits, XmlBuffer xml)
    {
        NumbersAsText++;
        ValuesAsText++;
        WriteText(digits, ColumnStyle.RightText, xml);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteText(string text, ColumnStyle style, XmlBuffer xml)
    {
        var lines = ExcelText.WithLineFeeds(text);
        if (measure.IsOpen)
        {
            measure.AddText(lines);
        }

        var number = texts.Share(text);
        if (number >= 0)
        {
            var room = BeginValue(style, CellForm.SharedText, xml);
            End(ExcelNumber.Format(number, room), room, xml);
            return;
        }

        var shown = texts.Shown(lines);
        openings.Begin(style, ExcelText.MustKeepSpace(shown) ? CellForm.SpacedText : CellForm.Text, shown.Length + TextEnd.Length, xml);
        xml.AddText(shown).Add(TextEnd);
    }

    private static ReadOnlySpan<byte> TextEnd => "</t></is></c>"u8;

    private static ReadOnlySpan<byte> ValueEnd => "</v></c>"u8;

    /// <summary>Begins a cell with a value.</summary>
    /// <returns>Room for it, which does not count as written yet.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> BeginValue(ColumnStyle style, CellForm form, XmlBuffer xml) =>
        openings.Begin(style, form, ExcelNumber.MaxLength + ValueEnd.Length, xml);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End(int length, Span<byte> room, XmlBuffer xml)
    {
        ValueEnd.CopyTo(room[length..]);
        xml.Length += length + ValueEnd.Length;
    }

    // A date before those of Excel stands there as in the PDF, where the report has a language or the column a format.
    private string EarlyDate(in Cell cell)
    {
        if (LaidOut.Format is null && culture.Equals(CultureInfo.InvariantCulture))
        {
            return Plain(cell);
        }

        var shown = new CellText(LaidOut, culture, zone);
        shown.See(cell);
        return shown.Of(cell);
    }

    // The size of binary data is words of the report; what Excel holds as text is the same in every culture.
    private string Plain(in Cell cell) =>
        new CellText(cell.Kind == CellKind.Binary ? culture : CultureInfo.InvariantCulture).Of(cell);
}
