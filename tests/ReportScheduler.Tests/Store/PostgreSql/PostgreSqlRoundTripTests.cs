namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class PostgreSqlRoundTripTests : RoundTripContract<PostgreSqlStorePlace>;
