namespace ReportScheduler.Tests.Store.SqlServer;

public sealed class SqlServerLedgerTests : LedgerContract<SqlServerStorePlace>;
