namespace ReportScheduler.Changes;

/// <summary>What a section of the kept result of a split report is.</summary>
internal enum PartSectionRole
{
    /// <summary>The rows as they are now.</summary>
    Now,

    /// <summary>The rows that the part was compared with.</summary>
    Before,

    /// <summary>Without rows: both are the same, and the part has nothing before.</summary>
    Same,

    /// <summary>Without rows: the part was not to be sent, and is compared with what was before.</summary>
    Kept,

    /// <summary>The rows of a part that is made a second time, in another look. Nobody reads them.</summary>
    Again,
}
