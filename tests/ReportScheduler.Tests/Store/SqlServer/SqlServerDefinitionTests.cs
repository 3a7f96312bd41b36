namespace ReportScheduler.Tests.Store.SqlServer;

public sealed class SqlServerDefinitionTests : DefinitionContract<SqlServerStorePlace>;
