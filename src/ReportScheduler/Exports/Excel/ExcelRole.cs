namespace ReportScheduler.Exports.Excel;

/// <summary>What a cell is for; its looks are designed in the skeleton, one cell per role in column A, in this order.</summary>
internal enum ExcelRole
{
    Text,
    WrappedText,

    /// <summary>Text at the right: numbers with more digits than Excel keeps.</summary>
    RightText,

    /// <summary>Numbers, dates, times and truth values; the number format is added.</summary>
    Value,
    Header,

    /// <summary>The header of a column of numbers.</summary>
    RightHeader,
    Title,
    Subtitle,

    /// <summary>A total; the number format is added.</summary>
    Total,

    /// <summary>The word in the row of the totals, and its empty cells.</summary>
    TotalLabel,

    /// <summary>The row at the head of an outermost group.</summary>
    GroupHead,

    /// <summary>The row at the head of a group within another one.</summary>
    InnerGroupHead,

    /// <summary>A total of a group; the number format is added.</summary>
    Subtotal,

    /// <summary>The words before the totals of a group, and the empty cells beside them.</summary>
    SubtotalLabel,

    /// <summary>The header of a column of numbers that has no button of a filter.</summary>
    PlainRightHeader,

    /// <summary>Text that leads to a page or a mailbox.</summary>
    Link,
}
