using ReportScheduler.Tests.Runs;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.MariaDb;

/// <summary>Many machines on a store in MariaDB.</summary>
public sealed class MariaDbFleetTests() : FleetContract(new MariaDbStoreDatabase())
{
    private protected override int Port() => MariaDbServer.Shared.Port;
}
