namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class PostgreSqlDefinitionTests : DefinitionContract<PostgreSqlStorePlace>;
