using ReportScheduler.Secrets;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Finds the store file.</summary>
internal static class StoreFile
{
    /// <summary>Names the store; the file and its folder are made by the first use.</summary>
    /// <param name="path">A full path; null for the default of the scope.</param>
    /// <param name="scope">Whose store when no path is given.</param>
    /// <param name="isMadeByReading">Whether a read makes the file where there is none; a change always does.</param>
    /// <param name="clock">The time; null for that of this computer.</param>
    /// <param name="vault">The vaults of the account; null where there are none.</param>
    public static IReportStore Open(string? path, StoreScope scope, bool isMadeByReading = true, TimeProvider? clock = null,
        IVault? vault = null) =>
        new LiteReportStore(Path.GetFullPath(path ?? UsualPath(scope)), scope, isMadeByReading, clock, vault);

    /// <summary>Where the store of a scope is unless a person says otherwise.</summary>
    public static string UsualPath(StoreScope scope)
    {
        if (scope == StoreScope.Machine)
        {
            return OperatingSystem.IsWindows()
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "ReportScheduler", "reports.db")
                : "/var/lib/report-scheduler/reports.db";
        }
        // on Linux this is XDG_DATA_HOME, else ~/.local/share
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data, "ReportScheduler", "reports.db");
    }
}
