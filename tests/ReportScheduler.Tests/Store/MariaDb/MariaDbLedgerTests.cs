namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class MariaDbLedgerTests : LedgerContract<MariaDbStorePlace>;
