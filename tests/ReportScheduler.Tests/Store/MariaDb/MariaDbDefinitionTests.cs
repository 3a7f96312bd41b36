namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class MariaDbDefinitionTests : DefinitionContract<MariaDbStorePlace>;
