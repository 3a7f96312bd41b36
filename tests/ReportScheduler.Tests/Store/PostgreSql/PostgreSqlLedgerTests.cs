namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class PostgreSqlLedgerTests : LedgerContract<PostgreSqlStorePlace>;
