namespace ReportScheduler;

/// <summary>Page orientation.</summary>
public enum PageOrientation
{
    /// <summary>As the columns need.</summary>
    Auto,

    /// <summary>The short side on top.</summary>
    Portrait,

    /// <summary>The long side on top.</summary>
    Landscape,
}
