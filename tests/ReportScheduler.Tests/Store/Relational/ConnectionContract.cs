using System.Globalization;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Tests.Store.Relational;

/// <summary>What becomes of a transaction whose connection the server ends, as it does to a process that was frozen in one.</summary>
public abstract class ConnectionContract : IDisposable
{
    private readonly RelationalDatabase store;

    private protected ConnectionContract(StoreDatabase database)
    {
        Database = database;
        database.Make();
        store = new RelationalDatabase(DatabaseAddress.Parse(database.Address), vault: null);
    }

    private protected StoreDatabase Database { get; }

    /// <summary>Asks for the number of the connection.</summary>
    private protected abstract string Self { get; }

    /// <summary>Ends the connection of a number.</summary>
    private protected abstract string Kill { get; }

    public void Dispose()
    {
        Database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void It_is_made_again_on_another_connection()
    {
        var tries = 0;
        var found = store.Change(session =>
        {
            session.Execute("insert into meta (name, value) values ('test', 'once')");
            if (++tries == 1)
            {
                End(session);
            }

            return session.Find("select value from meta where name = 'test'");
        });
        Assert.Equal(("once", 2), (found, tries));
        Assert.Equal("1", Database.Scalar("select count(*) from meta where name = 'test'"));
    }

    [Fact]
    public void Ended_each_time_it_is_a_store_that_cannot_be_used_now()
    {
        var problem = Assert.Throws<ReportException>(() => store.Change(session =>
        {
            End(session);
            return session.Find("select value from meta where name = 'version'");
        }));
        Assert.Equal(("StoreUnreachable", true), (problem.ErrorId, problem.IsTransient));
    }

    [Fact]
    public void Ended_at_its_commit_it_is_not_made_again_because_nobody_knows_whether_it_was()
    {
        var tries = 0;
        var problem = Assert.Throws<ReportException>(() => store.Change(session =>
        {
            tries++;
            session.Execute("insert into meta (name, value) values ('test', 'once')");
            End(session);
            return true;
        }));
        Assert.Equal(("StoreUnreachable", 1), (problem.ErrorId, tries));
    }

    private void End(StoreSession session) =>
        Database.Execute(string.Format(CultureInfo.InvariantCulture, Kill, session.Scalar<long>(Self)));
}
