namespace ReportScheduler.Store;

/// <summary>The places that servers have for reports, among all machines of a store. Who holds one says so in time, or loses it.</summary>
internal interface ISharedPlaces
{
    /// <summary>Takes one of the places of a server for the length of a lease.</summary>
    /// <param name="server">What names the server, up to 200 characters.</param>
    /// <param name="places">How many places it has.</param>
    /// <param name="holder">Who takes it, another one for each place.</param>
    /// <returns>The place; null when none is free.</returns>
    string? TryTake(string server, int places, string holder);

    /// <summary>Whether a place of a server is free; another one may have it a moment later.</summary>
    bool HasFree(string server, int places);

    /// <summary>Holds a place for the length of another lease.</summary>
    /// <returns>False when it is another one's by now.</returns>
    bool Keep(string place, string holder);

    void Free(string place, string holder);
}
