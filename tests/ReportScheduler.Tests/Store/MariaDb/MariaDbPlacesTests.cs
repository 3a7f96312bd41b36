using ReportScheduler.Tests.Store.Relational;

namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class MariaDbPlacesTests : PlacesContract<MariaDbStorePlace>;
