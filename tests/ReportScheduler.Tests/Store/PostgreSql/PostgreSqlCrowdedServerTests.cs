using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Runs;

namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class PostgreSqlCrowdedServerTests : CrowdedServerContract
{
    private readonly PostgreSqlStoreDatabase database;

    public PostgreSqlCrowdedServerTests()
        : this(new PostgreSqlStoreDatabase())
    {
    }

    private PostgreSqlCrowdedServerTests(PostgreSqlStoreDatabase database)
        : base(folder =>
        {
            database.Make();
            return new RelationalStore(DatabaseAddress.Parse(database.Address), folder, StoreScope.User);
        }) => this.database = database;

    public override void Dispose()
    {
        base.Dispose();
        database.Dispose();
    }
}
