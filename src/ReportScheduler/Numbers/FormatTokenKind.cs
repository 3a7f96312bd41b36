namespace ReportScheduler.Numbers;

/// <summary>What a piece of a number format stands for.</summary>
internal enum FormatTokenKind
{
    /// <summary>Itself.</summary>
    Literal,

    /// <summary>A digit: 0, # or ?.</summary>
    Digit,
    Point,
    Comma,
    Percent,

    /// <summary>E+ or E-.</summary>
    Exponent,

    /// <summary>The bar of a fraction.</summary>
    Slash,

    /// <summary>The number that a fraction is counted in.</summary>
    Denominator,
    General,

    /// <summary>The text of the cell.</summary>
    Text,

    /// <summary>A part of a date or a time: a run of y, m, d, h, s or e.</summary>
    Date,

    /// <summary>Hours, minutes or seconds that go on counting.</summary>
    Elapsed,

    /// <summary>AM/PM or A/P.</summary>
    HalfOfDay,

    /// <summary>Tenths and smaller parts of a second.</summary>
    SecondFraction,
}
