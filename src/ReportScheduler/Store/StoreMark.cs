namespace ReportScheduler.Store;

/// <summary>What is noted on a store as a whole: the address of another store, or its own name.</summary>
internal enum StoreMark
{
    /// <summary>It was moved: nobody changes it any more.</summary>
    MovedTo,

    /// <summary>Another store is being copied into it, and not all of it is here yet.</summary>
    CopiedFrom,

    /// <summary>It is being moved, and not all of it is there yet. Noted together with <see cref="MovedTo"/>.</summary>
    MovingTo,

    /// <summary>What tells it from all other stores, wherever it is moved or brought back to.</summary>
    Id,
}
