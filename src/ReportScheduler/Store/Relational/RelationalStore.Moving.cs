namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    private const string MarkPrefix = "mark:";

    public IReadOnlyList<ReportTaskState> GetStates() => database.Once(session =>
        (IReadOnlyList<ReportTaskState>)[.. session.Query<(string Id, string Record)>("select task_id, record from task_state")
            .Select(row => ReadState(row.Record, row.Id))]);

    public void PutState(ReportTaskState state) => database.Change(session =>
    {
        WriteStates(session, [state]);
        return session.NewDefinitions();
    });

    public void ImportRuns(IReadOnlyList<ReportRun> runs) => database.Change(session =>
    {
        var known = session.Query<string>($"select id from run where {session.Sql.In("id", "Ids")}",
            new { Ids = session.Sql.List([.. runs.Select(run => run.Id)]) }).ToHashSet();
        var inserted = Insert(session, [.. runs.Where(run => !known.Contains(run.Id))]);
        session.Execute(
            $"""
            update run set is_counted = case when is_open = {session.Sql.True} then {session.Sql.False} else {session.Sql.True} end
            where {session.Sql.In("id", "Ids")}
            """,
            new { Ids = session.Sql.List(inserted) });
        WriteDeliveries(session, [.. runs.Where(run => inserted.Contains(run.Id)).SelectMany(run => run.Deliveries)]);
        return true;
    });

    public string? GetMark(StoreMark mark) => database.Once(session => ReadMark(session, mark));

    public void SetMark(StoreMark mark, string? address) => database.Change(session =>
    {
        if (address is null)
        {
            session.Execute("delete from meta where name = @Name", new { Name = MarkPrefix + mark });
        }
        else if (mark == StoreMark.MovedTo)
        {
            session.InsertNew("meta", "name", new RowSet().With("name", MarkPrefix + mark).With("value", address));
            if (ReadMark(session, mark) is { } there && there != address)
            {
                throw StoreErrors.StoreMoved(Address, there);
            }
        }
        else
        {
            session.Upsert("meta", ["name"], new RowSet().With("name", MarkPrefix + mark).With("value", address));
        }

        return session.NewDefinitions();
    });

    private static string? ReadMark(StoreSession session, StoreMark mark) =>
        session.Find("select value from meta where name = @Name", new { Name = MarkPrefix + mark });

    /// <exception cref="ReportException">StoreMoved.</exception>
    private void CheckMoved(StoreSession session)
    {
        if (ReadMark(session, StoreMark.MovedTo) is { } to)
        {
            throw StoreErrors.StoreMoved(Address, to);
        }
    }
}
