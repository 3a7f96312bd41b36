using ReportScheduler.Numbers;

namespace ReportScheduler.Rows;

/// <summary>What a number format is made for.</summary>
internal static class FormatKind
{
    /// <summary>Whether it asks for numbers, whatever it takes: neither text, nor dates, nor Excel's own choice.</summary>
    public static bool IsForNumbers(string? format) => Of(format) == ColumnKind.Decimal;

    /// <summary>The kind of the values that a format shows: dates, times or numbers; null for any.</summary>
    public static ColumnKind? Of(string? format)
    {
        if (format is null or "" or "General" or "@" || !NumberFormatText.IsValid(format))
        {
            return null;
        }

        var section = FormatSection.Parse(format)[0];
        if (!section.IsDate)
        {
            return section.Has(FormatTokenKind.Digit) ? ColumnKind.Decimal : null;
        }

        bool Has(string letters) =>
            section.Tokens.Any(token => token.Kind == FormatTokenKind.Date && letters.Contains(token.Text[0], StringComparison.Ordinal));
        var hasClock = Has("hs") || section.Has(FormatTokenKind.Elapsed) || section.Has(FormatTokenKind.HalfOfDay);
        // beside hours or seconds m is minutes
        return Has("yde") ? hasClock ? ColumnKind.DateTime : ColumnKind.Date : hasClock ? ColumnKind.Time : ColumnKind.Date;
    }
}
