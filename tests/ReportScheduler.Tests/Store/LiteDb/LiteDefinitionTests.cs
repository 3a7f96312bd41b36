namespace ReportScheduler.Tests.Store.LiteDb;

public sealed class LiteDefinitionTests : DefinitionContract<LiteStorePlace>;
