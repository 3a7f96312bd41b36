using ReportScheduler.Store.Relational;
using ReportScheduler.Tests.Store.Relational;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Store.MariaDb;

public sealed class MariaDbConnectionTests() : ConnectionContract(new MariaDbStoreDatabase())
{
    private protected override int Port => MariaDbServer.Shared.Port;

    private protected override string Self => "select connection_id()";

    private protected override string Kill => "kill {0}";

    [Theory]
    [InlineData("sql_select_limit", 18446744073709551615)]
    [InlineData("sql_big_selects", 1)]
    [InlineData("sql_safe_updates", 0)]
    public void What_a_server_has_for_people_at_a_prompt_is_nothing_to_the_store(string name, ulong value) => Assert.Equal(value,
        new RelationalDatabase(DatabaseAddress.Parse(Database.Address), vault: null)
            .Once(session => session.Scalar<ulong>($"select cast(@@session.{name} as unsigned)")));

    [Fact]
    public void Rows_are_of_the_format_that_takes_long_keys_whatever_the_server_has() => Assert.Equal("0", Database.Scalar(
        "select count(*) from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE' "
            + "and (row_format <> 'Dynamic' or create_options not like '%row_format=DYNAMIC%')"));

    [Theory]
    [InlineData("create table meta (x int)")]
    [InlineData("create table meta as select 'version' as name, '2.3-beta' as value, 1 as number")]
    [InlineData("create table task (x int)")]
    public void Tables_of_something_else_are_no_store_and_stay_as_they_are(string statement)
    {
        using var other = new MariaDbStoreDatabase();
        other.Execute(statement);
        var store = new RelationalDatabase(DatabaseAddress.Parse(other.Address), vault: null);
        Assert.Equal("StoreNotMade", Assert.Throws<ReportException>(() => store.Once(session => session.Scalar<int>("select 1"))).ErrorId);
        Assert.Equal("StoreTablesTaken", Assert.Throws<ReportException>(other.Make).ErrorId);
        Assert.Equal("1", other.Scalar("select count(*) from information_schema.tables where table_schema = database()"));
    }
}
