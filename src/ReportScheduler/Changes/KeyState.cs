namespace ReportScheduler.Changes;

/// <summary>What a row of the new result is to the last one.</summary>
internal enum KeyState
{
    /// <summary>Its key is new.</summary>
    Added,

    /// <summary>Nothing of it is another value.</summary>
    Same,

    /// <summary>It has another value somewhere.</summary>
    Changed,

    /// <summary>The new result has its key a second time.</summary>
    Repeated,
}
