namespace ReportScheduler;

/// <summary>What a mail shows of a report besides its text.</summary>
public enum MailPart
{
    /// <summary>Nothing: the text, and the names of the attached files.</summary>
    None,

    /// <summary>The key figures: what the totals come to.</summary>
    Figures,

    /// <summary>The chart.</summary>
    Chart,

    /// <summary>The first rows.</summary>
    Table,

    /// <summary>The folder that has a copy of the files.</summary>
    Link,
}
