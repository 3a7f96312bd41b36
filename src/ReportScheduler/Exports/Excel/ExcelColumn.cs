using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>One column of a worksheet: writes its cells, and learns from them how it must look.</summary>
/// <remarks>The methods that every cell passes are compiled once and for all: the runtime's tiers, which count before they optimise, cost a third of an export.</remarks>
internal sealed class ExcelColumn
{
    private const int Sample = 1000;
    private const double WidestText = 60;

    private static readonly int StyleCount = Enum.GetValues<ColumnStyle>().Length;

    private readonly ExcelStyles styles;
    private readonly SharedTexts shared;
    private readonly CultureInfo culture;
    private readonly byte[] start;
    private readonly byte[]?[] attributes = new byte[]?[StyleCount];
    private readonly int[] styleOf = new int[StyleCount];
    private readonly RunningTotal running = new();
    private double textWidth;
    private long texts;
    private long longTexts;
    private int sharedHits;
    private int sharedTries;
    private int fractionDigits;
    private bool scientific;
    private bool isNumber;
    private double smallest;
    private double largest;

    /// <param name="laidOut">The column.</param>
    /// <param name="header">Its header, unique on the sheet.</param>
    /// <param name="number">Its place on the sheet, from 1.</param>
    /// <param name="styles">Where its looks go.</param>
    /// <param name="shared">The texts of the workbook that are kept once.</param>
    /// <param name="culture">How dates look.</param>
    public ExcelColumn(LaidOutColumn laidOut, string header, int number, ExcelStyles styles, SharedTexts shared, CultureInfo culture)
    {
        LaidOut = laidOut;
        Header = header;
        Number = number;
        this.styles = styles;
        this.shared = shared;
        this.culture = culture;
        start = Encoding.UTF8.GetBytes($"<c r=\"{CellReference.Column(number)}");
    }

    public LaidOutColumn LaidOut { get; }

    public string Header { get; }

    public int Number { get; }

    public int Source => LaidOut.Column.Index;

    /// <summary>The total as Excel will compute it, which adds up what stands there as numbers and times; null for none.</summary>
    public double? Total
    {
        get
        {
            var total = LaidOut.Total switch
            {
                ColumnTotal.Sum => running.Sum(),
                ColumnTotal.Average => running.Average(),
                _ => running.Count(),
            };
            return total.Kind switch
            {
                CellKind.Integer => total.Int64,
                CellKind.Decimal => (double)total.Decimal,
                CellKind.Double => total.Double,
                CellKind.Time => total.Time.TotalDays,
                _ => LaidOut.Total == ColumnTotal.Sum ? 0 : null,
            };
        }
    }

    /// <summary>How many texts were cut because a cell does not hold them.</summary>
    public long Cut { get; private set; }

    /// <summary>How many numbers stand as text because Excel would drop digits of them.</summary>
    public long NumbersAsText { get; private set; }

    /// <summary>The cell format that a template gives the column; null to design it.</summary>
    public int? TemplateStyle { get; init; }

    /// <param name="cell">The value; NULL writes nothing.</param>
    /// <param name="row">The row's number as digits.</param>
    /// <param name="xml">Where to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(in Cell cell, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        isNumber = true;
        switch (cell.Kind)
        {
            case CellKind.Null:
                return;
            case CellKind.Integer:
                WriteInteger(cell.Int64, row, xml);
                break;
            case CellKind.Decimal:
                WriteDecimal(cell.Decimal, row, xml);
                break;
            case CellKind.Double:
                WriteDouble(cell.Double, row, xml);
                break;
            case CellKind.Boolean:
                Begin(ColumnStyle.Boolean, row, xml, " t=\"b\"><v>"u8);
                xml.Add(cell.Boolean ? "1</v></c>"u8 : "0</v></c>"u8);
                break;
            case CellKind.Date:
                WriteDate(cell, ColumnStyle.Date, cell.DateTime, row, xml);
                break;
            case CellKind.DateTime:
                WriteDate(cell, ColumnStyle.DateTime, cell.DateTime, row, xml);
                break;
            case CellKind.DateTimeOffset:
                WriteDate(cell, ColumnStyle.DateTime, cell.DateTimeOffset.DateTime, row, xml);
                break;
            case CellKind.Time:
                WriteTime(cell, row, xml);
                break;
            case CellKind.Text or CellKind.Json:
                WriteText(cell.Text, ColumnStyle.Text, row, xml);
                break;
            default:
                WriteText(Plain(cell), ColumnStyle.Text, row, xml);
                break;
        }
        if (LaidOut.Total != ColumnTotal.None && (isNumber || LaidOut.Total == ColumnTotal.Count))
        {
            running.Add(cell);
        }
    }

    /// <summary>Settles number formats and alignment, now that all rows are known.</summary>
    /// <returns>The width in characters.</returns>
    public double Finish()
    {
        var wrap = longTexts > 0;
        for (var style = 0; style < StyleCount; style++)
        {
            if (attributes[style] is not null)
            {
                var kind = (ColumnStyle)style;
                var role = kind switch
                {
                    ColumnStyle.Text => wrap ? ExcelRole.WrappedText : ExcelRole.Text,
                    ColumnStyle.RightText => ExcelRole.RightText,
                    _ => ExcelRole.Value,
                };
                var format = kind is ColumnStyle.Text or ColumnStyle.RightText ? null : FormatOf(kind);
                if (TemplateStyle is { } template)
                {
                    var own = LaidOut.Format ?? (kind is ColumnStyle.Date or ColumnStyle.DateTime or ColumnStyle.Time && !styles.HasNumberFormat(template) ? format : null);
                    styles.Define(styleOf[style], template, own);
                }
                else
                {
                    styles.Define(styleOf[style], role, format);
                }
            }
        }
        return LaidOut.Width ?? Math.Clamp(Math.Max(ContentWidth(), TextWidth.Of(Header) + 3.2), 6, WidestText + 2);
    }

    /// <summary>The number format of the column's totals.</summary>
    public string TotalFormat => LaidOut.Total == ColumnTotal.Count
        ? "0"
        : LaidOut.Format ?? (Has(ColumnStyle.Time) ? DateFormats.Duration : scientific ? "General" : Fraction(LaidOut.Total == ColumnTotal.Average ? Math.Max(2, fractionDigits) : fractionDigits));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteInteger(long value, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (!ExcelNumber.Fits(value))
        {
            NumbersAsText++;
            WriteText(value.ToString(CultureInfo.InvariantCulture), ColumnStyle.RightText, row, xml);
            return;
        }
        Begin(ColumnStyle.Integer, row, xml, "><v>"u8);
        xml.Add(value).Add("</v></c>"u8);
        Measure(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteDecimal(decimal value, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (!ExcelNumber.Fits(value))
        {
            NumbersAsText++;
            WriteText(value.ToString(CultureInfo.InvariantCulture), ColumnStyle.RightText, row, xml);
            return;
        }
        Begin(ColumnStyle.Fraction, row, xml, "><v>"u8);
        System.Buffers.Text.Utf8Formatter.TryFormat(value, xml.Room(64), out var written);
        xml.Length += written;
        xml.Add("</v></c>"u8);
        fractionDigits = Math.Max(fractionDigits, value.Scale);
        Measure((double)value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteDouble(double value, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (!double.IsFinite(value))
        {
            WriteText(value.ToString(CultureInfo.InvariantCulture), ColumnStyle.RightText, row, xml);
            return;
        }
        Begin(ColumnStyle.Fraction, row, xml, "><v>"u8);
        var room = xml.Room(64);
        value.TryFormat(room, out var written, default, CultureInfo.InvariantCulture);
        var digits = room[..written];
        var point = digits.IndexOf((byte)'.');
        scientific |= digits.Contains((byte)'E');
        fractionDigits = Math.Max(fractionDigits, point < 0 ? 0 : written - point - 1);
        xml.Length += written;
        xml.Add("</v></c>"u8);
        Measure(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteDate(in Cell cell, ColumnStyle style, DateTime value, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (!ExcelNumber.IsDate(value.Ticks))
        {
            WriteText(Plain(cell), ColumnStyle.Text, row, xml);
            return;
        }
        Begin(style, row, xml, "><v>"u8);
        xml.Length += ExcelNumber.FormatDate(value.Ticks, xml.Room(32));
        xml.Add("</v></c>"u8);
    }

    private void WriteTime(in Cell cell, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        if (cell.Time < TimeSpan.Zero)
        {
            // Excel shows a negative time as ####.
            WriteText(Plain(cell), ColumnStyle.RightText, row, xml);
            return;
        }
        Begin(ColumnStyle.Time, row, xml, "><v>"u8);
        xml.Length += ExcelNumber.FormatDays(cell.Time.Ticks, xml.Room(32));
        xml.Add("</v></c>"u8);
        largest = Math.Max(largest, cell.Time.TotalHours);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteText(string text, ColumnStyle style, ReadOnlySpan<byte> row, XmlBuffer xml)
    {
        isNumber = false;
        if (texts++ < Sample)
        {
            var width = TextWidth.Of(text.Length > 400 ? text.AsSpan(0, 400) : text) + 1.5;
            textWidth = Math.Max(textWidth, width);
            longTexts += width > (LaidOut.Width ?? WidestText) || text.Contains('\n', StringComparison.Ordinal) ? 1 : 0;
        }
        var number = sharedTries > 20_000 && sharedHits < sharedTries / 2 ? -1 : Share(text);
        if (number >= 0)
        {
            Begin(style, row, xml, " t=\"s\"><v>"u8);
            xml.Add(number).Add("</v></c>"u8);
            return;
        }
        var shown = ExcelText.Cut(text);
        Cut += shown.Length < text.Length ? 1 : 0;
        Begin(style, row, xml, ExcelText.MustKeepSpace(shown) ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8 : " t=\"inlineStr\"><is><t>"u8);
        xml.AddText(shown).Add("</t></is></c>"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Share(string text)
    {
        var before = shared.Count;
        var number = shared.Find(text);
        sharedTries++;
        sharedHits += number >= 0 && shared.Count == before ? 1 : 0;
        return number;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Begin(ColumnStyle style, ReadOnlySpan<byte> row, XmlBuffer xml, ReadOnlySpan<byte> rest)
    {
        var attribute = attributes[(int)style] ?? Attribute(style);
        var room = xml.Room(start.Length + row.Length + attribute.Length + rest.Length);
        start.CopyTo(room);
        var at = start.Length;
        row.CopyTo(room[at..]);
        at += row.Length;
        attribute.CopyTo(room[at..]);
        at += attribute.Length;
        rest.CopyTo(room[at..]);
        xml.Length += at + rest.Length;
    }

    private byte[] Attribute(ColumnStyle style)
    {
        styleOf[(int)style] = styles.Reserve();
        return attributes[(int)style] = Encoding.UTF8.GetBytes($"\" s=\"{styleOf[(int)style]}\"");
    }

    private void Measure(double value)
    {
        smallest = Math.Min(smallest, value);
        largest = Math.Max(largest, value);
    }

    private double ContentWidth()
    {
        var width = Math.Min(textWidth, WidestText);
        if (Has(ColumnStyle.Integer))
        {
            width = Math.Max(width, NumberWidth(ColumnStyle.Integer));
        }
        if (Has(ColumnStyle.Fraction))
        {
            width = Math.Max(width, NumberWidth(ColumnStyle.Fraction));
        }
        if (LaidOut.Total is ColumnTotal.Sum or ColumnTotal.Average)
        {
            width = Math.Max(width, Has(ColumnStyle.Time) ? 14 : Shown(Total ?? 0, TotalFormat) * 1.1);
        }
        width = Has(ColumnStyle.Boolean) ? Math.Max(width, 8) : width;
        width = Has(ColumnStyle.Time) ? Math.Max(width, Math.Log10(Math.Max(1, largest)) + 9) : width;
        var date = new DateTime(2222, 12, 28, 22, 58, 58);
        width = Has(ColumnStyle.Date) ? Math.Max(width, LaidOut.Format is null ? 12 : DateWidth(date, LaidOut.Format)) : width;
        return Has(ColumnStyle.DateTime) ? Math.Max(width, LaidOut.Format is null ? 21 : DateWidth(date, LaidOut.Format)) : width;
    }

    private bool Has(ColumnStyle style) => attributes[(int)style] is not null;

    private double NumberWidth(ColumnStyle style)
    {
        var format = FormatOf(style);
        return Math.Max(Shown(smallest, format), Shown(largest, format));
    }

    // The library knows Excel's formats and is loaded only for a task's own.
    private double Shown(double value, string format)
    {
        var text = format == "General"
            ? value.ToString("G11", culture)
            : format == LaidOut.Format
                ? new ExcelNumberFormat.NumberFormat(format).Format(value, culture)
                : value.ToString(format, culture);
        return TextWidth.Of(text) + 2;
    }

    private double DateWidth(DateTime value, string format) => TextWidth.Of(new ExcelNumberFormat.NumberFormat(format).Format(value, culture)) + 3;

    private string FormatOf(ColumnStyle style) => style switch
    {
        ColumnStyle.Boolean => "General",
        _ when LaidOut.Format is not null => LaidOut.Format,
        ColumnStyle.Integer => "0",
        ColumnStyle.Fraction => scientific || fractionDigits > 6 ? "General" : Fraction(fractionDigits),
        ColumnStyle.Date => DateFormats.Date(culture),
        ColumnStyle.DateTime => DateFormats.DateTime(culture),
        _ => DateFormats.Duration,
    };

    private static string Fraction(int digits) => digits == 0 ? "#,##0" : "#,##0." + new string('0', Math.Min(digits, 6));

    private static string Plain(in Cell cell) => new CellText(CultureInfo.InvariantCulture).Of(cell);
}
