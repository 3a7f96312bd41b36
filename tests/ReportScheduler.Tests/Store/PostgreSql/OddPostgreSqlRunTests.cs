namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class OddPostgreSqlRunTests : RunContract<OddPostgreSqlStorePlace>;
