namespace ReportScheduler.Store;

/// <summary>What is noted on a store as a whole, with the address of the other store.</summary>
internal enum StoreMark
{
    /// <summary>It was moved: nobody changes it any more.</summary>
    MovedTo,

    /// <summary>Another store is being copied into it, and not all of it is here yet.</summary>
    CopiedFrom,
}
