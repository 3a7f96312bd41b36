using System.Globalization;

namespace ReportScheduler.Numbers;

/// <summary>A number format of Excel (ISO/IEC 29500-1, 18.8.31): the text that Excel
/// shows of a number, a date or a time, and its colour.</summary>
/// <remarks>
/// Numbers round a half away from zero at their fifteen digits, as Excel's do. A text is shown as it is. The library ExcelNumberFormat,
/// which checks formats for us, was used to show them too, until 351 of 1,742 pairs of format and number came out otherwise than in
/// LibreOffice: 2.67 of 2.675 under 0.00, 0 of 0.5 under 0. A PDF must not differ from the workbook beside it.
/// </remarks>
internal sealed class ExcelFormat(string format)
{
    /// <summary>The days that Excel has, to the end of the year 9999.</summary>
    private const double MostDays = 2_958_466;

    // Excel believes that 1900 had a 29 February, and counts a day less before it.
    private const double FalseLeapDay = 60;
    private static readonly DateTime Epoch = new(1899, 12, 30);

    private readonly IReadOnlyList<FormatSection> sections = FormatSection.Parse(format);

    /// <summary>The colours that its sections may give, as 0xRRGGBB.</summary>
    public IEnumerable<int> Colors => sections.Select(section => section.Color).OfType<int>();

    /// <summary>The text of a number.</summary>
    /// <param name="value">Neither infinite nor NaN.</param>
    /// <param name="exact">The same number; null where a decimal does not hold its digits.</param>
    /// <param name="culture">Its marks, and the names of months and days.</param>
    /// <param name="color">As 0xRRGGBB; null for none.</param>
    /// <returns>Null where Excel would show ####, or General: as without a format.</returns>
    public string? Number(double value, decimal? exact, CultureInfo culture, out int? color)
    {
        var (section, isUnsigned) = Section(value);
        color = section.Color;
        if (section.IsDate)
        {
            return Math.Abs(value) >= MostDays || (value < 0 && !section.Has(FormatTokenKind.Elapsed)) ? null
                : value < 0 ? culture.NumberFormat.NegativeSign + Date(section, -value, culture) : Date(section, value, culture);
        }

        if (section.Plain is { } plain && exact is { } number)
        {
            var (shown, isNothing) = plain.Text(number, culture);
            return number < 0 && !isUnsigned && !isNothing ? culture.NumberFormat.NegativeSign + shown : shown;
        }

        var digits = exact is { } known ? Digits.Of(known) : Digits.Of(value);
        if (section.Has(FormatTokenKind.General))
        {
            return section.Tokens.Count == 1 ? null : General(section, isUnsigned ? digits with { IsNegative = false } : digits, culture);
        }

        if (section.IsText && !section.Has(FormatTokenKind.Digit))
        {
            return null;
        }

        if (section.Has(FormatTokenKind.Slash) && Math.Abs(value) >= 1e15)
        {
            return null;
        }

        var (text, isZero) = IsFraction(section) ? FractionText.Of(section, Math.Abs(value)) : NumberText.Of(section, digits, culture);
        return digits.IsNegative && !isUnsigned && !isZero && section.Has(FormatTokenKind.Digit)
            ? culture.NumberFormat.NegativeSign + text
            : text;
    }

    /// <summary>The text of a date; under a format that is none for dates, of Excel's number for it.</summary>
    /// <param name="value">The date.</param>
    /// <param name="culture">The names of months and days.</param>
    /// <param name="color">As 0xRRGGBB; null for none.</param>
    /// <returns>Null where the format is none for dates, and Excel has no number for it or shows General.</returns>
    public string? Date(DateTime value, CultureInfo culture, out int? color)
    {
        var elapsed = value - Epoch;
        elapsed -= TimeSpan.FromDays(elapsed.Days <= FalseLeapDay ? 1 : 0);
        var days = elapsed.TotalDays;
        var section = Section(Math.Max(days, 0)).Section;
        color = section.Color;
        return section.IsDate ? DateText.Of(section, value.Date, value.TimeOfDay, elapsed, culture)
            : days >= 1 ? Number(days, (decimal)days, culture, out color) : null;
    }

    /// <summary>The text of a time of day or a duration; under a format that is none for times, of its days.</summary>
    /// <param name="value">The time; more than the least there is.</param>
    /// <param name="culture">The names of months and days.</param>
    /// <param name="color">As 0xRRGGBB; null for none.</param>
    /// <returns>Null for General, and for a time of the day below zero.</returns>
    public string? Time(TimeSpan value, CultureInfo culture, out int? color)
    {
        var section = Section(value.TotalDays).Section;
        color = section.Color;
        if (!section.IsDate)
        {
            return Number(value.TotalDays, (decimal)value.TotalDays, culture, out color);
        }

        var time = value < TimeSpan.Zero ? value.Negate() : value;
        var text = DateText.Of(section, Day(time.Days), time - TimeSpan.FromDays(time.Days), time, culture);
        return time == value ? text : section.Has(FormatTokenKind.Elapsed) ? culture.NumberFormat.NegativeSign + text : null;
    }

    private static string Date(FormatSection section, double days, CultureInfo culture)
    {
        var ticks = (long)Math.Round(days * TimeSpan.TicksPerDay / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond;
        var elapsed = new TimeSpan(ticks);
        var day = Day(elapsed.Days);
        return DateText.Of(section, day, elapsed - TimeSpan.FromDays(elapsed.Days), elapsed, culture);
    }

    // Day 0 is that of times without a date.
    private static DateTime? Day(int days) =>
        days == 0 ? null : Epoch.AddDays(days < FalseLeapDay ? days + 1 : Math.Min(days, MostDays - 1));

    private static bool IsFraction(FormatSection section)
    {
        for (var i = 1; i + 1 < section.Tokens.Count; i++)
        {
            if (section.Tokens[i].Kind == FormatTokenKind.Slash)
            {
                return section.Tokens[i - 1].Kind == FormatTokenKind.Digit
                    && section.Tokens[i + 1].Kind is FormatTokenKind.Digit or FormatTokenKind.Denominator;
            }
        }

        return false;
    }

    private static string General(FormatSection section, Digits digits, CultureInfo culture)
    {
        var number = double.Parse($"{(digits.IsNegative ? "-" : "")}0.{digits.Text}0E{digits.Point}", CultureInfo.InvariantCulture)
            .ToString("G15", culture);
        var sign = digits.IsNegative ? culture.NumberFormat.NegativeSign : "";
        return sign
            + string.Concat(section.Tokens.Select(token => token.Kind == FormatTokenKind.General ? number[sign.Length..] : token.Text));
    }

    /// <summary>The section for a number, and whether it shows a negative one without its sign, because there is no other in it.</summary>
    private (FormatSection Section, bool IsUnsigned) Section(double value)
    {
        var numbers = sections.Count > 1 && sections[^1].IsText ? sections.Count - 1 : Math.Min(sections.Count, 3);
        var (first, second) = (sections[0], numbers > 1 ? sections[1] : null);
        if (first.Condition is null && second?.Condition is null)
        {
            return value < 0 && second is not null ? (second, true) : (value == 0 && numbers > 2 ? sections[2] : first, false);
        }
        // what has no condition takes in the rest; of the first one of two, that is what is above zero
        var condition = first.Condition ?? new FormatCondition(">", 0);
        if (condition.IsMet(value) || second is null)
        {
            return (first, condition.IsNegative);
        }

        if (second.Condition is null)
        {
            return numbers == 2 || value < 0 ? (second, condition.LeavesNegative || (numbers == 3 && value < 0)) : (sections[2], false);
        }

        return second.Condition.IsMet(value) ? (second, second.Condition.IsNegative)
            : numbers > 2 ? (sections[2], condition.LeavesNegative || second.Condition.LeavesNegative)
            : (second, false);
    }
}
