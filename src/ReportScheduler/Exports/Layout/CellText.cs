using System.Globalization;
using System.Runtime.CompilerServices;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Time;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>The text of a column's cells as people read it. Not safe for several threads at once.</summary>
/// <remarks>
/// For people: thousands grouped unless the column names something, a true minus sign, times to the minute or days where no time of the day
/// was seen, yes and no in words. Otherwise, as for programs and widths, each value as it is.
/// Without a number format: numbers that were seen before with as many digits behind the decimal mark as the others and the culture's
/// marks, others with all their digits, of doubles 15; dates in the culture's short form, in the invariant culture as ISO 8601;
/// a date with an offset is followed by it, a time goes on beyond 24 hours, binary is said in words, NULL is the empty text.
/// With an Excel number format: numbers, dates and times as Excel would show them, an instant as the clocks of the zone did.
/// </remarks>
/// <param name="culture">Its marks, and how it writes dates.</param>
/// <param name="numberFormat">An Excel number format; null for none.</param>
/// <param name="zone">The zone of a date with an offset under a format, which shows none; null for the date's own.</param>
internal sealed class CellText(CultureInfo culture, string? numberFormat = null, TimeZoneInfo? zone = null)
{
    private const string TrueMinus = "\u2212";

    /// <summary>The text of a column as people read it in a report.</summary>
    public CellText(LaidOutColumn column, CultureInfo culture, TimeZoneInfo zone)
        : this(OfPeople.GetValue(culture, ForPeople), column.Format, zone)
    {
        (isForPeople, isKey) = (true, column.IsKey);
        digits = new FractionDigits(isKey, column.IsPrecise);
        words = ReportWords.Of(culture);
        if (column.Column.Digits is { } others)
        {
            digits.See(others);
        }
    }

    private static readonly ConditionalWeakTable<CultureInfo, CultureInfo> OfPeople = [];

    private readonly bool isForPeople;
    private readonly bool isKey;
    private readonly ReportWords? words;
    private bool hasHours;

    // as Excel, which knows no more: sums of doubles end in 0000000001 otherwise. CSV and JSON, which programs read, have all digits
    private const string DoubleDigits = "G15";

    private readonly bool invariant = culture.Equals(CultureInfo.InvariantCulture);
    private readonly FractionDigits digits = new();
    private readonly bool showsWords = WordsFormat.Is(numberFormat);

    // the minus of a format of one's own stays as it was typed
    private readonly bool isCurrency = NamedFormat.IsCurrency(numberFormat);
    private readonly ExcelFormat? format = numberFormat is null or "" or "General" or "@" || !NumberFormatText.IsValid(numberFormat)
        ? null
        : new ExcelFormat(numberFormat);

    /// <summary>The colour that the number format gives the last text, as 0xRRGGBB; null for none.</summary>
    public int? Color { get; private set; }

    /// <summary>All colours that the number format may give.</summary>
    public IEnumerable<int> Colors => format?.Colors ?? [];

    /// <summary>Takes notice of numbers that will be shown.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="index">The place of the column in them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void See(RowBatch rows, int index)
    {
        for (var row = 0; row < rows.Count && format is null; row++)
        {
            See(rows[row][index]);
        }
    }

    /// <summary>Takes notice of a value that will be shown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void See(in Cell cell)
    {
        digits.See(cell);
        hasHours |= cell.Kind switch
        {
            CellKind.DateTime => cell.DateTime.TimeOfDay != TimeSpan.Zero,
            CellKind.DateTimeOffset => Local(cell).TimeOfDay != TimeSpan.Zero,
            _ => false,
        };
    }

    /// <summary>The text of what the numbers seen come to. How many values there are is
    /// a number, whatever format they have themselves.</summary>
    public string Of(in Cell total, ColumnTotal kind)
    {
        if (kind is ColumnTotal.Count or ColumnTotal.Distinct)
        {
            Color = null;
            return total.Kind == CellKind.Null ? "" : Plain(total);
        }

        if (showsWords && kind is ColumnTotal.Sum or ColumnTotal.Average)
        {
            Color = null;
            return kind == ColumnTotal.Average && digits.Number(total) is { } share ? share.ToString("N2", culture) : Plain(total);
        }

        return format is null && digits.FormatOf(kind) is { } shown
            && (total.Kind == CellKind.Integer ? total.Int64 : digits.Number(total)) is { } number
            ? number.ToString(shown, culture)
            : Of(total);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string Of(in Cell cell)
    {
        Color = null;
        return cell.Kind switch
        {
            CellKind.Null => "",
            CellKind.Text or CellKind.Json => cell.Text,
            CellKind.Binary => BinaryText.Of(cell.Binary, culture),
            _ => (format is not null
                ? Formatted(cell, format)
                : digits.Format is { } shown
                ? digits.Number(cell)?.ToString(shown, culture)
                : null) ?? Plain(cell),
        };
    }

    /// <summary>The text as <see cref="Of(in Cell)"/> has it, without a new string where it can be had without one.</summary>
    /// <param name="cell">The value.</param>
    /// <param name="room">At least 64 characters; the text may be in it, until it is used again.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<char> Of(in Cell cell, Span<char> room)
    {
        if (format is null)
        {
            if (cell.Kind == CellKind.Integer)
            {
                cell.Int64.TryFormat(room, out var length, Whole, culture);
                return room[..length];
            }

            if (digits.Format is { } shown && digits.Number(cell) is { } number && number.TryFormat(room, out var written, shown, culture))
            {
                return room[..written];
            }

            if (cell.Kind == CellKind.Double)
            {
                cell.Double.TryFormat(room, out var length, DoubleDigits, culture);
                return room[..length];
            }

            if (invariant && !isForPeople && cell.Kind is not (CellKind.Null or CellKind.Text or CellKind.Json or CellKind.Binary))
            {
                return room[..IsoText.Format(cell, room, ' ')];
            }
        }

        return Of(cell);
    }

    private string Plain(in Cell cell) => cell.Kind switch
    {
        CellKind.Integer => cell.Int64.ToString(Whole, culture),
        CellKind.Boolean when words is not null => words[cell.Boolean ? "yes" : "no"],
        CellKind.DateTime when isForPeople => Minutes(cell.DateTime),
        CellKind.DateTimeOffset when isForPeople => Minutes(Local(cell)),
        CellKind.Time when isForPeople => Iso(WholeSeconds(cell)),
        CellKind.Decimal when !invariant || isForPeople => cell.Decimal.ToString(culture),
        CellKind.Double => cell.Double.ToString(DoubleDigits, culture),
        CellKind.Date when !invariant => cell.DateTime.ToString("d", culture),
        CellKind.DateTime when !invariant => cell.DateTime.ToString("G", culture),
        CellKind.DateTimeOffset when !invariant =>
            cell.DateTimeOffset.DateTime.ToString("G", culture) + cell.DateTimeOffset.ToString(" zzz", culture),
        _ => Iso(cell),
    };

    private string? Whole => isForPeople && !isKey ? "N0" : null;

    private DateTime Local(in Cell cell) => zone is null ? cell.DateTimeOffset.DateTime : Zones.Clock(cell.DateTimeOffset, zone);

    private string Minutes(DateTime at) =>
        at.ToString(invariant ? hasHours ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd" : hasHours ? "g" : "d", culture);

    private static Cell WholeSeconds(in Cell cell)
    {
        var whole = new Cell();
        whole.SetTime(cell.Time - TimeSpan.FromTicks(cell.Time.Ticks % TimeSpan.TicksPerSecond));
        return whole;
    }

    // A copy of a culture is still equal to it.
    private static CultureInfo ForPeople(CultureInfo culture)
    {
        var copy = (CultureInfo)culture.Clone();
        if (copy.NumberFormat.NegativeSign == "-")
        {
            copy.NumberFormat.NegativeSign = TrueMinus;
        }

        return copy;
    }

    private static string Iso(in Cell cell)
    {
        Span<char> text = stackalloc char[64];
        return new string(text[..IsoText.Format(cell, text, ' ')]);
    }

    // Null for what the format does not suit: the value is worth more than its dress.
    private string? Formatted(in Cell cell, ExcelFormat format)
    {
        int? color = null;
        var text = cell.Kind switch
        {
            CellKind.Boolean when showsWords => format.Number(cell.Boolean ? 1 : 0, cell.Boolean ? 1 : 0, culture, out color),
            CellKind.Integer => format.Number(cell.Int64, cell.Int64, culture, out color),
            CellKind.Decimal => format.Number((double)cell.Decimal, cell.Decimal, culture, out color),
            CellKind.Double when double.IsFinite(cell.Double) =>
                format.Number(cell.Double, FractionDigits.Exact(cell.Double), culture, out color),
            CellKind.Date or CellKind.DateTime => format.Date(cell.DateTime, culture, out color),
            CellKind.DateTimeOffset => format.Date(Local(cell), culture, out color),
            CellKind.Time when cell.Time > TimeSpan.MinValue => format.Time(cell.Time, culture, out color),
            _ => null,
        };
        Color = color;
        return isCurrency && isForPeople && text?.StartsWith('-') == true ? TrueMinus + text[1..] : text;
    }
}
