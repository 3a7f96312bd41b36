using ReportScheduler.Tests.Store.Relational;

namespace ReportScheduler.Tests.Store.SqlServer;

public sealed class SqlServerStorePlace() : RelationalStorePlace(new SqlServerStoreDatabase());
