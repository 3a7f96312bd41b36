using ReportScheduler.Tests.Store.Relational;

namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class MariaDbConnectionTests() : ConnectionContract(new MariaDbStoreDatabase())
{
    private protected override string Self => "select connection_id()";

    private protected override string Kill => "kill {0}";
}
