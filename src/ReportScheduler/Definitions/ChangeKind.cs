namespace ReportScheduler.Definitions;

/// <summary>What an import does with a definition.</summary>
internal enum ChangeKind
{
    /// <summary>The store did not have it.</summary>
    Make,

    /// <summary>The store has another one of that name.</summary>
    Change,

    /// <summary>The file does not have it.</summary>
    Remove,
}
