namespace ReportScheduler;

/// <summary>When a cell stands out, or how.</summary>
public enum HighlightKind
{
    /// <summary>Numbers greater than the value.</summary>
    Greater,

    /// <summary>Numbers less than the value.</summary>
    Less,

    /// <summary>Numbers from the first value to the second.</summary>
    Between,

    /// <summary>Numbers or text equal to the value.</summary>
    Equal,

    /// <summary>Text that contains the value.</summary>
    Text,

    /// <summary>Numbers that are the value or greater.</summary>
    AtLeast,

    /// <summary>Numbers that are the value or less.</summary>
    AtMost,

    /// <summary>Numbers or text that are not equal to the value.</summary>
    Not,

    /// <summary>Cells without a value, and empty text.</summary>
    Empty,

    /// <summary>The greatest so many numbers.</summary>
    Top,

    /// <summary>The least so many numbers.</summary>
    Bottom,

    /// <summary>The greatest so many percent of the numbers.</summary>
    TopPercent,

    /// <summary>The least so many percent of the numbers.</summary>
    BottomPercent,

    /// <summary>Numbers above the average.</summary>
    Above,

    /// <summary>Numbers below the average.</summary>
    Below,

    /// <summary>A bar as long as the number.</summary>
    DataBar,

    /// <summary>A colour between three, by the size of the number.</summary>
    ColorScale,

    /// <summary>An arrow up, sideways or down.</summary>
    Icons,
}
