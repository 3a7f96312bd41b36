namespace ReportScheduler;

/// <summary>The paper of a PDF and of a printed worksheet.</summary>
public enum PageSize
{
    /// <summary>210 x 297 mm.</summary>
    A4,

    /// <summary>8.5 x 11 inches.</summary>
    Letter,

    /// <summary>8.5 x 14 inches.</summary>
    Legal,

    /// <summary>297 x 420 mm.</summary>
    A3,

    /// <summary>148 x 210 mm.</summary>
    A5,

    /// <summary>11 x 17 inches.</summary>
    Tabloid,
}
