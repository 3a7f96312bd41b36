using Npgsql;
using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class PostgreSqlConnectionTests() : ConnectionContract(new PostgreSqlStoreDatabase())
{
    private protected override string Self => "select pg_backend_pid()::bigint";

    private protected override string Kill => "select pg_terminate_backend({0})";

    [Fact]
    public void A_store_that_a_user_may_not_look_into_is_not_one_to_be_made()
    {
        var user = $"stranger_{Guid.NewGuid():N}";
        var password = PostgreSqlServer.Password.Replace("'", "''", StringComparison.Ordinal);
        Database.Execute($"create role {user} login password '{password}'");
        var address = DatabaseAddress.Parse(Database.Address.Replace("postgres@", user + "@", StringComparison.Ordinal));
        var problem = Assert.Throws<ReportException>(() =>
            new RelationalDatabase(address, vault: null).Once(session => session.Scalar<int>("select 1")));
        Assert.Equal("StoreDenied", problem.ErrorId);
        Database.Execute($"drop role {user}");
    }

    [Fact]
    public void No_password_is_a_user_who_is_not_let_in() => Assert.Equal(StoreFault.Denied, new PostgreSqlDialect().FaultOf(
        new NpgsqlException("No password has been provided but the backend requires one (in SASL/SCRAM-SHA-256)")));
}
