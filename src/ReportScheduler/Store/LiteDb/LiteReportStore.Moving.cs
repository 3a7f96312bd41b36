namespace ReportScheduler.Store.LiteDb;

internal sealed partial class LiteReportStore
{
    public IReadOnlyList<ReportTaskState> GetStates() => file.Read(database =>
        (IReadOnlyList<ReportTaskState>)[
            .. database.GetCollection(StoreSchema.TaskStates).FindAll().Select(state => ReadState(state, state["_id"].AsString))]);

    public void PutState(ReportTaskState state) =>
        file.Change(database => WriteState(database.GetCollection(StoreSchema.TaskStates), state), stamp.Renew);

    public IReadOnlyList<ReportRun> GetRunsById(string? after, int limit) => file.Read(database => WithDeliveries(database,
        database.GetCollection(StoreSchema.Runs).Query().Where(StoreQuery.AtLeast("_id", after ?? "")).OrderBy("_id").ToEnumerable()
            .Where(document => document["_id"].AsString != after).Take(limit).Select(Shown).ToList()));

    public void ImportRuns(IReadOnlyList<ReportRun> runs) => file.Change(database =>
    {
        foreach (var run in runs.Where(run => database.GetCollection(StoreSchema.Runs).FindById(run.Id) is null && Insert(database, run)))
        {
            WriteDeliveries(database, run);
        }

        return true;
    });

    public string? GetMark(StoreMark mark) => file.Read(database => StoreSchema.ReadMark(database, mark));

    public string? FilledFrom => file.FilledFrom;

    public bool SetMark(StoreMark mark, string? address)
    {
        var isNew = file.Change(
            database =>
            {
                var there = StoreSchema.ReadMark(database, mark);
                if (address is not null && there is not null && there != address)
                {
                    StoreMarkRules.CheckOther(Address, mark, there);
                    return false;
                }

                StoreSchema.WriteMark(database, mark, address);
                if (mark == StoreMark.MovedTo)
                {
                    StoreSchema.WriteMark(database, StoreMark.MovingTo, address);
                }

                return there != address;
            },
            stamp.Renew,
            evenMoved: true);
        if (mark == StoreMark.CopiedFrom)
        {
            file.Fills = address;
        }

        return isNew;
    }
}
