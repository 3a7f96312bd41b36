namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class PostgreSqlRunTests : RunContract<PostgreSqlStorePlace>;
