namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class OddMariaDbRunTests : RunContract<OddMariaDbStorePlace>;
