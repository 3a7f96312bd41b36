namespace ReportScheduler.Exports.Layout;

/// <summary>What news a key figure is.</summary>
internal enum FigureTone
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>Better than before.</summary>
    Good,

    /// <summary>Worse than before.</summary>
    Bad,
}
