using LiteDB;

namespace ReportScheduler.Store.LiteDb;

internal sealed partial class LiteReportStore
{
    public IReadOnlyList<ReportRun> ClaimDue(
        DateTimeOffset now, string owner, int limit, Func<ReportTask, IReadOnlyList<ReportRun>, DuePlan> plan) => file.Change(database =>
        {
            var states = database.GetCollection(StoreSchema.TaskStates);
            var due = states.Query()
                .Where(StoreQuery.Between(StoreSchema.WakeAt, 0L, now.UtcTicks)).OrderBy(StoreSchema.WakeAt).Limit(limit).ToList();
            if (due.Count == 0)
                return [];
            Beat(database, owner, now);
            var claimed = new List<ReportRun>();
            foreach (var document in due)
            {
                var state = ReadState(document, document["_id"].AsString);
                var planned = Plan(database, state, now, plan);
                if (planned is null)
                    continue;
                var (taskName, timeZone, steps) = planned.Value;
                foreach (var record in steps.Records)
                {
                    if (record.IsFinal)
                    {
                        Insert(database, record, now);
                        continue;
                    }
                    (record.Owner, record.HeartbeatAt) = (owner, now);
                    if (Insert(database, record, now))
                        claimed.Add(record);
                }
                claimed.AddRange(steps.DueAt
                    .Select(dueAt => new ReportRun
                    {
                        TaskId = state.TaskId,
                        TaskName = taskName,
                        TimeZone = timeZone,
                        Trigger = RunTrigger.Schedule,
                        DueAt = dueAt.ToUniversalTime(),
                        Owner = owner,
                        HeartbeatAt = now,
                    })
                    .Where(run => Insert(database, run, now)));
                state.NextRunAt = steps.NextRunAt;
                WriteState(states, state);
            }
            return (IReadOnlyList<ReportRun>)[.. claimed.OrderBy(run => run.DueAt)];
        });

    public DateTimeOffset? GetEarliestDue() => file.Read(database => Earliest(database, StoreSchema.TaskStates, StoreSchema.WakeAt));

    public bool MoveNextRun(string taskId, DateTimeOffset? was, DateTimeOffset next) => file.Change(database =>
    {
        var states = database.GetCollection(StoreSchema.TaskStates);
        var state = ReadState(states.FindById(taskId), taskId);
        if (state.NextRunAt != was || !database.GetCollection(StoreSchema.Tasks).Exists(StoreQuery.Is("_id", taskId)))
            return false;
        state.NextRunAt = next;
        WriteState(states, state);
        return true;
    });

    private static DateTimeOffset? Earliest(LiteDatabase database, string collection, string field, long from = 0) =>
        database.GetCollection(collection).Query().Where(StoreQuery.AtLeast(field, from)).OrderBy(field).Limit(1).ToList() is [var first]
            ? StoreMapper.Instant(first[field])
            : null;

    // a task that cannot be planned is claimed for a run that fails with that, and the others go on
    private (string TaskName, string TimeZone, DuePlan Steps)? Plan(
        LiteDatabase database, ReportTaskState state, DateTimeOffset now,
        Func<ReportTask, IReadOnlyList<ReportRun>, DuePlan> plan)
    {
        if (database.GetCollection(StoreSchema.Tasks).FindById(state.TaskId) is not { } document)
        {
            database.GetCollection(StoreSchema.TaskStates).Delete(state.TaskId);
            return null;
        }
        var name = document["Name"].AsString ?? state.TaskId;
        var timeZone = document["TimeZone"].AsString ?? "";
        try
        {
            if (!StoreRecords.TryRead<ReportTask>(document, out var task, out var problem))
                throw LiteDbErrors.RecordNotReadable(TaskNoun, name, problem);
            task.State = state;
            var unfinished = Unfinished(database, StoreQuery.Is(StoreSchema.OpenKey, state.TaskId));
            return (name, timeZone, plan(task, [.. unfinished.OrderBy(run => run.DueAt)]));
        }
        catch (ReportException unplanned)
        {
            var record = new ReportRun
            {
                TaskId = state.TaskId,
                TaskName = name,
                TimeZone = timeZone,
                Trigger = RunTrigger.Schedule,
                DueAt = state.NextRunAt ?? now,
                Stage = RunStage.Claim,
                Error = unplanned.Message,
                ErrorId = unplanned.ErrorId,
                ErrorCategory = unplanned.Category,
            };
            return (name, timeZone, new DuePlan([], [record], null));
        }
    }

    // the unique key is asked first: a refused insert would undo the whole transaction
    private static bool Insert(LiteDatabase database, ReportRun run, DateTimeOffset now)
    {
        var runs = database.GetCollection(StoreSchema.Runs);
        if (run.Trigger == RunTrigger.Schedule
            && runs.Exists(StoreQuery.Is(StoreSchema.OnceKey, StoreRecords.OnceKey(run.TaskId, run.DueAt))))
        {
            return false;
        }
        if (run.Id.Length == 0)
            run.Id = RunIds.Create(now);
        runs.Insert(StoreRecords.Write(run));
        return true;
    }
}
