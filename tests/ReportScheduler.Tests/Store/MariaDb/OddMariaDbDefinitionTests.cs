namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class OddMariaDbDefinitionTests : DefinitionContract<OddMariaDbStorePlace>;
