using ReportScheduler.Tests.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class OddMariaDbStorePlace() : RelationalStorePlace(new MariaDbStoreDatabase(OddMariaDbServer.Odd));
