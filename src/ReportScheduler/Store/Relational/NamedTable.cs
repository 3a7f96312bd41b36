namespace ReportScheduler.Store.Relational;

/// <summary>The things of a kind that only their name identifies.</summary>
internal sealed class NamedTable<T>(RelationalDatabase database, StoreMarks marks, Func<T, string> nameOf) : INamedRecords<T>
    where T : class
{
    private static readonly string Noun = typeof(T).Name;

    public IReadOnlyList<T> All() =>
        [.. Records().Select(row => RecordJson.TryRead<T>(row.Record, out var thing, out _) ? thing : null).OfType<T>()];

    public IReadOnlyList<UnreadableRecord> Unreadable() =>
        [.. Records()
            .Select(row => RecordJson.TryRead<T>(row.Record, out _, out var problem) ? null : new UnreadableRecord(Noun, row.Name, problem))
            .OfType<UnreadableRecord>()];

    /// <exception cref="ReportException">RecordNotReadable when it is there and cannot be read.</exception>
    public T? Find(string name) =>
        database.Definitions.Get($"{Noun} {StoreKeys.OfName(name)}", () => database.Once(session => session.Find(
            "select record from named where kind = @Noun and name_key = @Key",
            new { Noun, Key = StoreKeys.OfName(name) }))) is not { } json ? null
            : RecordJson.TryRead<T>(json, out var thing, out var problem) ? thing
            : throw StoreErrors.RecordNotReadable(Noun, name, problem);

    public void Put(T thing, PutMode mode)
    {
        var name = nameOf(thing);
        StoreKeys.CheckName(Noun, name);
        var row = new { Noun, Key = StoreKeys.OfName(name), name, Record = RecordJson.Write(thing) };
        database.Change(session =>
        {
            marks.Check(session);
            var isThere = session.Query<string>(
                $"select name from named{session.Sql.LockHint(skip: false)} where kind = @Noun and name_key = @Key "
                    + session.Sql.Lock(skip: false),
                row).Count > 0;
            PutRules.Check(mode, isThere, Noun, name);
            // without an upsert where it is new, so that one that came meanwhile is seen
            session.Execute(
                isThere
                    ? "update named set name = @name, record = @Record where kind = @Noun and name_key = @Key"
                    : "insert into named (kind, name_key, name, record) values (@Noun, @Key, @name, @Record)",
                row);
            return session.NewDefinitions();
        });
    }

    public bool Change(T was, T now)
    {
        var name = nameOf(now);
        var row = new { Noun, Key = StoreKeys.OfName(name), name, Record = RecordJson.Write(now) };
        var isChanged = database.Change(session =>
        {
            marks.Check(session);
            var kept = session.Find(
                $"select record from named{session.Sql.LockHint(skip: false)} where kind = @Noun and name_key = @Key "
                    + session.Sql.Lock(skip: false),
                row);
            if (kept is null || !RecordJson.TryRead<T>(kept, out var thing, out _) || RecordJson.Write(thing) != RecordJson.Write(was))
            {
                return false;
            }

            session.Execute("update named set name = @name, record = @Record where kind = @Noun and name_key = @Key", row);
            return session.NewDefinitions();
        });
        if (!isChanged)
        {
            database.Definitions.Forget();
        }

        return isChanged;
    }

    public bool Remove(string name) => database.Change(session =>
    {
        marks.Check(session);
        return session.Execute("delete from named where kind = @Noun and name_key = @Key", new { Noun, Key = StoreKeys.OfName(name) }) > 0
            && session.NewDefinitions();
    });

    private List<(string Name, string Record)> Records() =>
        database.Definitions.Get(Noun, () => database.Once(session => session.Query<(string, string)>(
            "select name, record from named where kind = @Noun order by name_key", new { Noun })));
}
