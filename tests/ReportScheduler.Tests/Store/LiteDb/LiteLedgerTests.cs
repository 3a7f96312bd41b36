namespace ReportScheduler.Tests.Store.LiteDb;

public sealed class LiteLedgerTests : LedgerContract<LiteStorePlace>;
