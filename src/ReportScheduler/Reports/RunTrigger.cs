namespace ReportScheduler;

/// <summary>Why a run was made.</summary>
public enum RunTrigger
{
    /// <summary>Its task was due. There is one such run per task and due instant.</summary>
    Schedule,

    /// <summary>A person or script asked for it.</summary>
    Manual,

    /// <summary>An HTTP call asked for it.</summary>
    Http,

    /// <summary>An earlier run is made again.</summary>
    Rerun,
}
