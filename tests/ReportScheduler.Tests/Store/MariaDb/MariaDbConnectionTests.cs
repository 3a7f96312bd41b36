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
    [InlineData("autocommit", 1)]
    [InlineData("innodb_lock_wait_timeout", 15)]
    [InlineData("unique_checks", 1)]
    [InlineData("foreign_key_checks", 1)]
    public void What_a_server_has_for_people_at_a_prompt_is_nothing_to_the_store(string name, ulong value) =>
        Assert.Equal($"{value}", OfSession($"cast(@@session.{name} as unsigned)"));

    [Theory]
    [InlineData("completion_type", "NO_CHAIN")]
    [InlineData("character_set_client", "utf8mb4")]
    [InlineData("character_set_results", "utf8mb4")]
    public void Text_and_transactions_are_the_same_with_every_server(string name, string value) =>
        Assert.Equal(value, OfSession($"@@session.{name}"));

    [Fact]
    public void Rows_are_of_the_format_that_takes_long_keys_whatever_the_server_has() => Assert.Equal("0", Database.Scalar(
        "select count(*) from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE' "
            + "and (row_format <> 'Dynamic' or create_options not like '%row_format=DYNAMIC%')"));

    [Theory]
    // full disks and table spaces
    [InlineData(3)]
    [InlineData(1021)]
    [InlineData(1026)]
    [InlineData(1030)]
    [InlineData(1114)]
    // memory, threads, connections, locks and transactions
    [InlineData(1037)]
    [InlineData(1038)]
    [InlineData(1040, "08004")]
    [InlineData(1041)]
    [InlineData(1129)]
    [InlineData(1135)]
    [InlineData(1203, "42000")]
    [InlineData(1206)]
    [InlineData(1226, "42000")]
    [InlineData(1637)]
    // another transaction, each of the tries
    [InlineData(1020)]
    [InlineData(1205)]
    [InlineData(1213, "40001")]
    [InlineData(1412)]
    [InlineData(3101, "40000")]
    // a server that only reads, that ends, that is not one of its cluster, that writes nothing
    [InlineData(1290)]
    [InlineData(1792, "25006")]
    [InlineData(1836)]
    [InlineData(1053, "08S01")]
    [InlineData(1047, "08S01")]
    [InlineData(1049, "42000")]
    [InlineData(1180)]
    [InlineData(3100)]
    // what was ended
    [InlineData(1317, "70100")]
    [InlineData(1927, "70100")]
    [InlineData(1969, "70100")]
    [InlineData(3024)]
    public void What_passes_is_a_store_that_cannot_be_used_now(int number, string state = "HY000") =>
        Assert.Equal(("StoreUnreachable", true), Meet(Signal(number, state)));

    [Theory]
    [InlineData(1044, "42000")]
    [InlineData(1045, "28000")]
    [InlineData(1130)]
    [InlineData(1142, "42000")]
    [InlineData(1227, "42000")]
    [InlineData(1698, "28000")]
    [InlineData(1820)]
    [InlineData(1862)]
    [InlineData(3118)]
    [InlineData(4151)]
    public void A_refusal_is_one_whoever_is_refused(int number, string state = "HY000") =>
        Assert.Equal(("StoreDenied", false), Meet(Signal(number, state)));

    [Theory]
    [InlineData(1054, "42S22")]
    [InlineData(1064, "42000")]
    [InlineData(1146, "42S02")]
    [InlineData(1406, "22001")]
    [InlineData(1932, "42S02")]
    public void What_stays_is_a_statement_that_failed(int number, string state) =>
        Assert.Equal(("StoreStatementFailed", false), Meet(Signal(number, state)));

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

    // the server's own way to give an error of any number
    private static string Signal(int number, string state) =>
        $"signal sqlstate '{state}' set mysql_errno = {number}, message_text = 'a test'";

    [Fact]
    public void Who_gives_no_password_is_told_where_to_name_one()
    {
        var address = Database.Address.Split('?')[0];
        var problem = Assert.Throws<ReportException>(() =>
            new RelationalDatabase(DatabaseAddress.Parse(address), vault: null).Once(session => session.Scalar<int>("select 1")));
        Assert.Equal("StoreDenied", problem.ErrorId);
        Assert.Contains("?password=env:NAME", problem.Message, StringComparison.Ordinal);
    }

    private static string? OfSession(string expression)
    {
        using var odd = new MariaDbStoreDatabase(OddMariaDbServer.Odd);
        odd.Make();
        return new RelationalDatabase(DatabaseAddress.Parse(odd.Address), vault: null)
            .Once(session => session.Find($"select {expression}"));
    }
}
