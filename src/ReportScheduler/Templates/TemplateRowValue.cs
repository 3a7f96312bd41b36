using System.Globalization;
using Fluid.Values;
using ReportScheduler.Rows;
using ReportScheduler.Time;

namespace ReportScheduler.Templates;

/// <summary>A cell as templates have it: a number is a number, a date a date. How it looks is
/// a filter's affair; bare, it is in the culture's short form.</summary>
internal static class TemplateRowValue
{
    /// <param name="cell">The value as the reader gave it.</param>
    /// <param name="shown">Its text in the mail, for what a template has no type for.</param>
    /// <param name="culture">How dates look where no filter formats them.</param>
    /// <param name="zone">The zone of dates that have none, and in which those that have one are shown.</param>
    public static FluidValue Of(in Cell cell, string? shown, CultureInfo culture, TimeZoneInfo zone) => cell.Kind switch
    {
        CellKind.Null => NilValue.Instance,
        CellKind.Boolean => BooleanValue.Create(cell.Boolean),
        CellKind.Integer => NumberValue.Create(cell.Int64),
        CellKind.Decimal => NumberValue.Create(cell.Decimal),
        CellKind.Double when Math.Abs(cell.Double) < (double)decimal.MaxValue => NumberValue.Create((decimal)cell.Double),
        CellKind.Double => new StringValue(cell.Double.ToString("G15", culture)),
        CellKind.Text or CellKind.Json => StringValue.Create(cell.Text),
        CellKind.Date or CellKind.DateTime => Date(cell, culture, zone),
        CellKind.DateTimeOffset => Instant(cell.DateTimeOffset, culture, zone),
        CellKind.Time or CellKind.Guid => new StringValue(Iso(cell)),
        _ => StringValue.Create(shown),
    };

    private static TemplateInstant Date(in Cell cell, CultureInfo culture, TimeZoneInfo zone)
    {
        var time = cell.DateTime;
        var isNearAnEnd = time < DateTime.MinValue.AddDays(2) || time > DateTime.MaxValue.AddDays(-2);
        var instant = isNearAnEnd
            ? new DateTimeOffset(time, TimeSpan.Zero)
            : Zones.ToInstant(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), zone);
        // a time that the clocks skip is shown as it stands in the data
        instant = instant.DateTime == time ? instant : new DateTimeOffset(time, TimeSpan.Zero);
        var text = Iso(cell);
        return new TemplateInstant(instant, text,
            IsInvariant(culture) ? text : time.ToString(cell.Kind == CellKind.Date ? "d" : "G", culture));
    }

    private static TemplateInstant Instant(DateTimeOffset value, CultureInfo culture, TimeZoneInfo zone)
    {
        var cell = new Cell();
        cell.SetDateTimeOffset(TimeZoneInfo.ConvertTime(value, zone));
        var (instant, text) = (cell.DateTimeOffset, Iso(cell));
        return new TemplateInstant(instant, text,
            IsInvariant(culture) ? text : instant.DateTime.ToString("G", culture) + instant.ToString(" zzz", culture));
    }

    private static bool IsInvariant(CultureInfo culture) => culture.Equals(CultureInfo.InvariantCulture);

    private static string Iso(in Cell cell)
    {
        Span<char> text = stackalloc char[64];
        return new string(text[..IsoText.Format(cell, text, ' ')]);
    }
}
