namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class MariaDbRunTests : RunContract<MariaDbStorePlace>;
