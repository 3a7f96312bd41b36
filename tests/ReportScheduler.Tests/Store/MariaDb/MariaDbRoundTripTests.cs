namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class MariaDbRoundTripTests : RoundTripContract<MariaDbStorePlace>;
