namespace ReportScheduler.Tests.Store.LiteDb;

public sealed class LiteRoundTripTests : RoundTripContract<LiteStorePlace>;
