namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    public IReadOnlyList<ReportTaskState> GetStates() => database.Once(session =>
        (IReadOnlyList<ReportTaskState>)[.. session.Query<(string Id, string Record)>("select task_id, record from task_state")
            .Select(row => ReadState(row.Record, row.Id))]);

    public void PutState(ReportTaskState state) => database.Change(session =>
    {
        marks.Check(session);
        WriteStates(session, [state]);
        return session.NewDefinitions();
    });

    public IReadOnlyList<ReportRun> GetRunsById(string? after, int limit) => database.Once(session => Shown(session, session.Query<RunRow>(
        $"{RunRow.Select} where r.id > @After order by r.id {session.Sql.First("@limit")}", new { After = after ?? "", limit })));

    public void ImportRuns(IReadOnlyList<ReportRun> runs) => database.Change(session =>
    {
        marks.Check(session);
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

    public string? FilledFrom => database.FilledFrom;

    public string? GetMark(StoreMark mark) => marks.Get(mark);

    public bool SetMark(StoreMark mark, string? address) => marks.Set(mark, address);
}
