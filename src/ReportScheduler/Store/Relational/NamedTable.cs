using Dapper;

namespace ReportScheduler.Store.Relational;

/// <summary>The things of a kind that only their name identifies.</summary>
internal sealed class NamedTable<T>(RelationalDatabase database, string noun, Func<T, string> nameOf) : INamedRecords<T>
    where T : class
{
    public IReadOnlyList<T> All() =>
        [.. Records().Select(row => RecordJson.TryRead<T>(row.Record, out var thing, out _) ? thing : null).OfType<T>()];

    public IReadOnlyList<UnreadableRecord> Unreadable() =>
        [.. Records()
            .Select(row => RecordJson.TryRead<T>(row.Record, out _, out var problem) ? null : new UnreadableRecord(noun, row.Name, problem))
            .OfType<UnreadableRecord>()];

    /// <exception cref="ReportException">RecordNotReadable when it is there and cannot be read.</exception>
    public T? Find(string name) =>
        database.Once(connection => connection.QuerySingleOrDefault<string>(
            "select record from named where kind = @noun and name_key = @Key",
            new { noun, Key = StoreKeys.OfName(name) })) is not { } json ? null
            : RecordJson.TryRead<T>(json, out var thing, out var problem) ? thing
            : throw StoreErrors.RecordNotReadable(noun, name, problem);

    public void Put(T thing, PutMode mode)
    {
        var name = nameOf(thing);
        StoreKeys.CheckName(noun, name);
        var row = new { noun, Key = StoreKeys.OfName(name), name, Record = RecordJson.Write(thing) };
        database.Change((connection, transaction) =>
        {
            var isThere = connection.ExecuteScalar<bool>(
                "select exists (select 1 from named where kind = @noun and name_key = @Key for update)", row, transaction);
            if (mode == PutMode.Add && isThere)
            {
                throw StoreErrors.NameTaken(noun, name);
            }

            if (mode == PutMode.Update && !isThere)
            {
                throw StoreErrors.NotFound(noun, name, []);
            }

            // without an upsert where it is new, so that one that came meanwhile is seen
            connection.Execute(
                isThere
                    ? "update named set name = @name, record = @Record where kind = @noun and name_key = @Key"
                    : "insert into named values (@noun, @Key, @name, @Record)",
                row, transaction);
            return RelationalDatabase.NewDefinitions(connection, transaction);
        });
    }

    public bool Remove(string name) => database.Change((connection, transaction) =>
        connection.Execute("delete from named where kind = @noun and name_key = @Key", new { noun, Key = StoreKeys.OfName(name) },
            transaction) > 0
        && RelationalDatabase.NewDefinitions(connection, transaction));

    private List<(string Name, string Record)> Records() => database.Once(connection =>
        connection
            .Query<(string, string)>("select name, record from named where kind = @noun order by name_key collate \"C\"", new { noun })
            .AsList());
}
