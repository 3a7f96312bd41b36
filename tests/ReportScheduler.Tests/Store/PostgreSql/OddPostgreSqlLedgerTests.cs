namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class OddPostgreSqlLedgerTests : LedgerContract<OddPostgreSqlStorePlace>;
