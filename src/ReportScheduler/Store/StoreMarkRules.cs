namespace ReportScheduler.Store;

/// <summary>Who may change a store, and note something on it, because of what is noted on it already.</summary>
internal static class StoreMarkRules
{
    /// <param name="address">The store.</param>
    /// <param name="movedTo">Where it was moved to, as is noted on it.</param>
    /// <param name="isMoving">Whether not all of it is there yet; asked of one that is moved.</param>
    /// <param name="copiedFrom">What is being copied into it, as is noted on it.</param>
    /// <param name="fills">What whoever asks copies into it.</param>
    /// <exception cref="ReportException">StoreMoved, StoreUnfinished or StoreNotEmpty.</exception>
    public static void Check(string address, string? movedTo, Func<bool> isMoving, string? copiedFrom, string? fills)
    {
        if (movedTo is not null)
        {
            throw StoreErrors.StoreMoved(address, movedTo, isMoving());
        }

        if (copiedFrom != fills)
        {
            throw copiedFrom is null ? StoreErrors.StoreNotEmpty(address) : StoreErrors.StoreUnfinished(address, copiedFrom);
        }
    }

    /// <summary>Says what follows where another address is noted than the one that is to be.</summary>
    /// <exception cref="ReportException">StoreMoved or StoreUnfinished; all other marks stay without a word.</exception>
    public static void CheckOther(string address, StoreMark mark, string there)
    {
        switch (mark)
        {
            case StoreMark.MovedTo:
                throw StoreErrors.StoreMoved(address, there);
            case StoreMark.CopiedFrom:
                throw StoreErrors.StoreUnfinished(address, there);
        }
    }
}
