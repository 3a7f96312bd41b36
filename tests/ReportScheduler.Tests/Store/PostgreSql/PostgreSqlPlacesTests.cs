using ReportScheduler.Tests.Store.Relational;

namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class PostgreSqlPlacesTests : PlacesContract<PostgreSqlStorePlace>;
