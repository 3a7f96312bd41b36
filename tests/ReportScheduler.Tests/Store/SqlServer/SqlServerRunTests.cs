namespace ReportScheduler.Tests.Store.SqlServer;

public sealed class SqlServerRunTests : RunContract<SqlServerStorePlace>;
