using System.Diagnostics;
using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.PostgreSql;

/// <summary>Many machines on a store in PostgreSQL.</summary>
public sealed class PostgreSqlFleetTests() : FleetContract(new PostgreSqlStoreDatabase())
{
    // when one of its processes is killed, the server ends all the others and recovers from its log
    private protected override Action Crash => () =>
    {
        var pid = PostgreSqlServer.Shared.Scalar("select pid from pg_stat_activity where backend_type = 'checkpointer'");
        using var kill = Process.Start("kill", ["-9", $"{pid}"]);
        kill.WaitForExit();
    };

    private protected override int Port() => PostgreSqlServer.Shared.Port;
}
