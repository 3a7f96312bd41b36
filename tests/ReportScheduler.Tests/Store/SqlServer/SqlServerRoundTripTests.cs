namespace ReportScheduler.Tests.Store.SqlServer;

public sealed class SqlServerRoundTripTests : RoundTripContract<SqlServerStorePlace>;
