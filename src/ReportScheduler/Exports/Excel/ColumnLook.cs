using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>The number formats, alignment and width of a column, from what it is asked to be and what its rows have shown.</summary>
internal sealed class ColumnLook(LaidOutColumn column, string header, ColumnMeasure measure, CultureInfo culture)
{
    private readonly bool isKey = column.IsKey;
    private readonly bool isPrecise = column.IsPrecise;

    private string Group => isKey ? "0" : "#,##0";

    private int Digits =>
        FractionDigits.Shown(Math.Max(measure.FractionDigits, column.Column.Digits?.Most ?? 0), Greatest, isPrecise);

    private double Greatest =>
        Math.Max(column.Column.Digits?.Greatest ?? 0, Math.Max(Math.Abs(measure.Smallest), Math.Abs(measure.Largest)));

    private bool IsGeneral => measure.IsScientific || FractionDigits.IsTiny(Greatest);

    // Room for the button of the filter, and bold letters are wider.
    private const double Button = 3.8;
    private const double Bold = 1.07;
    private const double Narrowest = 6;

    // Five pixels of seven that a digit takes stand beside the characters of a cell (ISO/IEC 29500-1, 18.3.1.13).
    private const double CellMargin = 0.71;
    private const double SpareMargin = 1.2;
    private const double WidestColumn = 255;

    private string? TotalsFormat => WordsFormat.Is(column.Format) ? null : column.Format;

    /// <summary>The format of the column's totals.</summary>
    public string TotalFormat(Func<ColumnStyle, bool> has, ColumnTotal total) => total is ColumnTotal.Count or ColumnTotal.Distinct
        ? "0"
        : TotalsFormat ?? (has(ColumnStyle.Time)
            ? DateFormats.Duration
            // the least of whole and other numbers may be either
            : total is ColumnTotal.Minimum or ColumnTotal.Maximum && has(ColumnStyle.Fraction) ? FormatOf(ColumnStyle.Fraction)!
            : total is ColumnTotal.Minimum or ColumnTotal.Maximum
                ? Enum.GetValues<ColumnStyle>().Where(style => style != ColumnStyle.Boolean && has(style)).Select(FormatOf)
                    .FirstOrDefault(format => format is not null) ?? "General"
                : IsGeneral ? "General"
                : Fraction(total == ColumnTotal.Average && column.Column.Digits is null ? Math.Max(2, Digits) : Digits));

    /// <summary>Null where the role of the cells brings its own.</summary>
    public string? FormatOf(ColumnStyle style) => style switch
    {
        ColumnStyle.Text or ColumnStyle.RightText or ColumnStyle.Link or ColumnStyle.Nothing => null,
        ColumnStyle.Boolean => "General",
        _ when column.Format is not null => column.Format,
        ColumnStyle.Integer => isKey ? "0" : "#,##0",
        ColumnStyle.Fraction => IsGeneral ? "General" : Fraction(Digits),
        ColumnStyle.Date => DateFormats.Date(culture),
        ColumnStyle.DateTime => measure.HasHours ? DateFormats.Minutes(culture) : DateFormats.Date(culture),
        _ => DateFormats.Duration,
    };

    /// <summary>The number format of most cells; null for text.</summary>
    public string? MainFormat(Func<ColumnStyle, bool> has) =>
        Enum.GetValues<ColumnStyle>().Where(has).Select(FormatOf).FirstOrDefault(format => format is not null);

    public ExcelRole RoleOf(ColumnStyle style) => style switch
    {
        ColumnStyle.Text => measure.MustWrap ? ExcelRole.WrappedText : ExcelRole.Text,
        ColumnStyle.RightText => ExcelRole.RightText,
        ColumnStyle.Link => ExcelRole.Link,
        ColumnStyle.Nothing => ExcelRole.Text,
        _ => ExcelRole.Value,
    };

    /// <summary>The width in characters: that of the task, but never so narrow that numbers or dates become ###.</summary>
    /// <param name="has">Which kinds of cells there are.</param>
    /// <param name="total">The total below them, null for none.</param>
    public double Width(Func<ColumnStyle, bool> has, double? total) =>
        column.Width is { } given
            ? Math.Min(Math.Max(given + CellMargin, Math.Max(NumbersWidth(has, total) - SpareMargin, LabelWidth)), WidestColumn)
            : Math.Clamp(Math.Max(ContentWidth(has, total), (TextWidth.Of(header) * Bold) + Button), Narrowest,
                ColumnMeasure.WidestText + 2);

    private double ContentWidth(Func<ColumnStyle, bool> has, double? total) =>
        Math.Max(Math.Min(Math.Max(measure.TextWidth, measure.LabelWidth), ColumnMeasure.WidestText), NumbersWidth(has, total));

    // A word of a line of totals reaches over nothing.
    private double LabelWidth => Math.Min(measure.LabelWidth, ColumnMeasure.WidestText);

    // Of what Excel shows as ### where it does not fit.
    private double NumbersWidth(Func<ColumnStyle, bool> has, double? total)
    {
        var date = new DateTime(2222, 12, 28, 22, 58, 58);
        var widest = 0.0;
        Fit(has(ColumnStyle.Integer) ? NumberWidth(ColumnStyle.Integer) : 0);
        Fit(has(ColumnStyle.Fraction) ? NumberWidth(ColumnStyle.Fraction) : 0);
        Fit(has(ColumnStyle.Boolean) ? 8 : 0);
        Fit(has(ColumnStyle.Time) ? Math.Log10(Math.Max(1, measure.Largest)) + 9 : 0);
        Fit(has(ColumnStyle.Date) ? column.Format is null ? 12 : DateWidth(date, column.Format) : 0);
        Fit(has(ColumnStyle.DateTime) ? column.Format is null ? measure.HasHours ? 18 : 12 : DateWidth(date, column.Format) : 0);
        Fit(column.AddsUp ? has(ColumnStyle.Time) ? 14 : Shown(total ?? 0,
            TotalFormat(has, column.Total.HasFlag(ColumnTotal.Average) ? ColumnTotal.Average : ColumnTotal.Sum)) * 1.1 : 0);
        return widest;

        void Fit(double width) => widest = Math.Max(widest, width);
    }

    private double NumberWidth(ColumnStyle style) =>
        Math.Max(Shown(measure.Smallest, FormatOf(style)!), Shown(measure.Largest, FormatOf(style)!));

    private double Shown(double value, string format)
    {
        if (format == column.Format)
        {
            var cell = default(Cell);
            cell.SetDouble(value);
            return Width(cell, format) + 2;
        }

        return TextWidth.Of(value.ToString(format == "General" ? "G11" : format, culture)) + 2;
    }

    private double DateWidth(DateTime value, string format)
    {
        var cell = default(Cell);
        cell.SetDateTime(value);
        return Width(cell, format) + 3;
    }

    private double Width(in Cell cell, string format) => TextWidth.Of(new CellText(culture, format).Of(cell));

    private string Fraction(int digits) => digits == 0 ? Group : Group + "." + new string('0', Math.Min(digits, 6));
}
