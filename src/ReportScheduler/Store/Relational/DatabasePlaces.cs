using System.Globalization;

namespace ReportScheduler.Store.Relational;

/// <summary>The places of servers in the database: what is good once, for the length of a lease.</summary>
internal sealed class DatabasePlaces(RelationalDatabase database, TimeProvider clock) : ISharedPlaces
{
    private const string Once = "once";

    private long Until => (clock.GetUtcNow() + RunnerLease.Length).UtcTicks;

    public string? TryTake(string server, int places, string holder) => database.Change(session =>
    {
        var all = Names(server, places);
        var names = session.Sql.List(all);
        // of a process that died, or could not say for too long that it lives
        session.Execute($"delete from {Once} where {session.Sql.In("name", "names")} and until <= {StoreDialect.Now}", new { names });
        var taken = session.Query<string>($"select name from {Once} where {session.Sql.In("name", "names")}", new { names });
        return all.Except(taken, StringComparer.Ordinal).FirstOrDefault(place => session.InsertNew(Once, "name",
            new RowSet().With("name", place).With("until", (long?)Until).With("content", holder)) > 0);
    });

    public bool HasFree(string server, int places) => database.Once(session => session.Scalar<int>(
        $"select count(*) from {Once} where {session.Sql.In("name", "names")} and until > {StoreDialect.Now}",
        new { names = session.Sql.List(Names(server, places)) })) < places;

    public bool Keep(string place, string holder) => database.Once(session =>
        session.Execute($"update {Once} set until = @Until where name = @place and content = @holder", new { Until, place, holder })) > 0;

    public void Free(string place, string holder) => database.Once(session =>
        session.Execute($"delete from {Once} where name = @place and content = @holder", new { place, holder }));

    private static string[] Names(string server, int places) =>
        [.. Enumerable.Range(1, places).Select(place => string.Create(CultureInfo.InvariantCulture, $"place:{server}:{place}"))];
}
