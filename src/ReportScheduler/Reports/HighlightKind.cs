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

    /// <summary>The greatest so many numbers.</summary>
    Top,

    /// <summary>A bar as long as the number.</summary>
    DataBar,

    /// <summary>A colour between three, by the size of the number.</summary>
    ColorScale,

    /// <summary>An arrow up, sideways or down.</summary>
    Icons,
}
