namespace ReportScheduler;

/// <summary>How far a run is, or how far it came before it ended.</summary>
public enum RunStage
{
    /// <summary>It was made and has not begun.</summary>
    Claim,

    /// <summary>It connects and waits for rows.</summary>
    Query,

    /// <summary>It reads rows and writes files.</summary>
    Export,

    /// <summary>It sends or drops the files.</summary>
    Deliver,

    /// <summary>Everything is done.</summary>
    Record,
}
