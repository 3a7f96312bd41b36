namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class OddMariaDbLedgerTests : LedgerContract<OddMariaDbStorePlace>;
