namespace ReportScheduler.Tests.Store.LiteDb;

public sealed class LiteRunTests : RunContract<LiteStorePlace>;
