namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class OddPostgreSqlDefinitionTests : DefinitionContract<OddPostgreSqlStorePlace>;
