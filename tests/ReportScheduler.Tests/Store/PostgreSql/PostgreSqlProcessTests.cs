using System.Diagnostics;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Runs;

namespace ReportScheduler.Tests.Store.PostgreSql;

/// <summary>The promises of the scheduler on a store in PostgreSQL.</summary>
public sealed class PostgreSqlProcessTests() : SchedulerProcessContract(folder =>
{
    var database = new PostgreSqlStoreDatabase();
    database.Make();
    return (new RelationalStore(DatabaseAddress.Parse(database.Address), folder, StoreScope.User), database);
})
{
    [Fact]
    public async Task Four_runners_of_which_one_or_the_other_is_frozen_or_killed_make_each_report_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "processes are frozen with kill; run this on Linux or macOS");
        await Share(4, Number("REPORTSCHEDULER_KILLS", 2), victim => Signal(victim, "STOP"), victim => Signal(victim, "CONT"));
    }

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
