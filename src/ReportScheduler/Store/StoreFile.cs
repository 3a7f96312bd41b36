namespace ReportScheduler.Store;

/// <summary>Finds the store file.</summary>
internal static class StoreFile
{
    /// <param name="path">A full path; null for the default of the scope.</param>
    /// <param name="scope">Whose store when no path is given.</param>
    public static IReportStore Open(string? path, StoreScope scope) =>
        throw new PlatformNotSupportedException($"{path} {scope}");
}
