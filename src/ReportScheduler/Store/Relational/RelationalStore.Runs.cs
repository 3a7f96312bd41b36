namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    public void AddRun(ReportRun run) => database.Change(session =>
    {
        marks.Check(session);
        Insert(session, [run]);
        if (run.Owner is { } owner)
        {
            Beat(session, owner);
        }

        WriteDeliveries(session, run.Deliveries);
        return true;
    });

    public ReportRun? AddDueRun(ReportRun run) => database.Change(session =>
    {
        marks.Check(session);
        return Insert(session, [run]).Count > 0
            ? null
            : Shown(session, session.Query<RunRow>($"{RunRow.Select} where r.once_key = @Key", new { Key = StoreKeys.OnceKey(run) }))[0];
    });

    public bool SaveRun(ReportRun run) => database.Change(session => Write(session, run, finish: false));

    public BegunRun BeginRun(ReportRun run) => database.Change(session =>
        TaskOf(session.Query<TaskRow>($"{TaskAndState} where t.id = @TaskId", new { run.TaskId }), run.TaskName) is { } task
            ? new BegunRun(task, Write(session, run, finish: false), OldRuns(session, task))
            : BegunRun.WithoutTask);

    public bool FinishRun(ReportRun run) => database.Change(session => Write(session, run, finish: true));

    public IReadOnlyList<ReportRun> GetRuns(RunFilter filter) => database.Once(session => Shown(session, session.Query<RunRow>(
        $"{RunRow.Select} {Conditions(filter, session.Sql)} order by r.sort_at desc, r.id desc {session.Sql.Page("@Skip", "@Limit")}",
        new
        {
            filter.RunId,
            filter.TaskId,
            Outcomes = session.Sql.List([.. (filter.Outcomes ?? []).Select(outcome => outcome.ToString())]),
            Since = filter.Since?.UtcTicks,
            Until = filter.Until?.UtcTicks,
            AfterAt = filter.After?.At.UtcTicks,
            AfterId = filter.After?.RunId,
            filter.Skip,
            Limit = filter.Limit ?? int.MaxValue,
        })));

    public int RemoveRuns(IReadOnlyCollection<string> runIds) => runIds.Count == 0 ? 0 : database.Change(session =>
    {
        marks.Check(session);
        var sql = session.Sql;
        var rows = session.Query<(string Id, bool IsOpen, string Record)>(
            $"""
            select id, is_open, record from run{sql.LockHint(skip: false)} where {sql.In("id", "Ids")}
            order by id {sql.Lock(skip: false)}
            """,
            new { Ids = sql.List(runIds) });
        var gone = sql.List([.. rows.Where(IsOver).Select(row => row.Id)]);
        session.Execute($"delete from busy where {sql.In("run_id", "gone")}", new { gone });
        return session.Execute($"delete from run where {sql.In("id", "gone")}", new { gone });
    });

    private static List<string>? OldRuns(StoreSession session, ReportTask task)
    {
        var old = session.Query<(string Id, bool IsOpen, string Record)>(
            $"select id, is_open, record from run where task_id = @Id order by sort_at desc, id desc {session.Sql.Page("@Keep", "@Most")}",
            new { task.Id, Keep = task.KeepRuns ?? ReadOption(session).KeepRuns, BegunRun.Most });
        return old.TrueForAll(IsOver) ? old.ConvertAll(row => row.Id) : null;
    }

    // one that cannot be read is not going on, whatever it says
    private static bool IsOver((string Id, bool IsOpen, string Record) row) =>
        !row.IsOpen || !RecordJson.TryRead<ReportRun>(row.Record, out _, out _);

    private static bool Write(StoreSession session, ReportRun run, bool finish)
    {
        var sql = session.Sql;
        var before = session.Query<(string? Owner, int Attempt, string Outcome, bool IsCounted)>(
            $"select owner, attempt, outcome, is_counted from run{sql.LockHint(skip: false)} where id = @Id {sql.Lock(skip: false)}",
            new { run.Id }) is [var row] ? row : default;
        // whoever took the run over has one attempt more
        if (before.Outcome is null || before.Attempt != run.Attempt || (before.Owner is not null && before.Owner != run.Owner)
            || (finish && new ReportRun { Outcome = Enum.Parse<RunOutcome>(before.Outcome) }.IsFinal))
        {
            return false;
        }

        if (finish)
        {
            RecordOutcome(session, run, before.IsCounted);
        }

        if (run.Outcome != RunOutcome.Running)
        {
            (run.Owner, run.HeartbeatAt) = (null, null);
            session.Execute("delete from busy where run_id = @Id", new { run.Id });
        }

        session.Execute(
            """
            update run set outcome = @Outcome, sort_at = @SortAt, wait_at = @WaitAt, started_at = @StartedAt, owner = @Owner,
                interruptions = @Interruptions, is_open = @IsOpen, is_counted = @IsCounted, record = @Record where id = @Id
            """,
            new
            {
                run.Id,
                Outcome = run.Outcome.ToString(),
                SortAt = SortAt(run),
                WaitAt = WaitAt(run),
                StartedAt = run.StartedAt?.UtcTicks,
                run.Owner,
                run.Interruptions,
                IsOpen = !run.IsFinal,
                IsCounted = before.IsCounted || finish,
                Record = RecordJson.Write(run),
            });
        WriteDeliveries(session, run.Deliveries);
        return true;
    }

    private static void RecordOutcome(StoreSession session, ReportRun run, bool isCounted)
    {
        if (session.Find("select record from task where id = @TaskId", new { run.TaskId }) is not { } json)
        {
            return;
        }

        var pauseAfter = RecordJson.TryRead<ReportTask>(json, out var task, out _) ? task.PauseAfterFailures : null;
        var state = LockedState(session, run.TaskId);
        TaskStateRules.Count(state, run, !isCounted, pauseAfter ?? ReadOption(session).PauseAfterFailures);
        WriteStates(session, [state]);
        run.TaskNextRunAt = state.PausedBecause is null ? state.NextRunAt : null;
    }

    private static string Conditions(RunFilter filter, StoreDialect sql)
    {
        List<string> all =
        [
            .. filter.RunId is null ? (string[])[] : ["r.id = @RunId"],
            .. filter.TaskId is null ? (string[])[] : ["r.task_id = @TaskId"],
            .. filter.Outcomes is null ? (string[])[] : [sql.In("r.outcome", "Outcomes")],
            .. filter.Since is null ? (string[])[] : ["r.sort_at >= @Since"],
            .. filter.Until is null ? (string[])[] : ["r.sort_at < @Until"],
            .. filter.After is null ? (string[])[] : ["r.sort_at <= @AfterAt and (r.sort_at < @AfterAt or r.id < @AfterId)"],
        ];
        return all.Count == 0 ? "" : $"where {string.Join(" and ", all)}";
    }

    private static bool TryReadRun(RunRow row, out ReportRun run, out string problem)
    {
        if (!RecordJson.TryRead(row.Record, out run, out problem))
        {
            return false;
        }

        (run.Id, run.Owner, run.Attempt, run.Interruptions) = (row.Id, row.Owner, row.Attempt, row.Interruptions);
        run.HeartbeatAt = row.LeaseUntil is { } until ? new DateTimeOffset(until, TimeSpan.Zero) - RunnerLease.Length : null;
        problem = RunPaths.IsId(run.Id) ? "" : $"its id '{run.Id}' cannot be the name of a folder";
        return problem.Length == 0;
    }

    // a record that is left out would make the history look whole
    private static ReportRun Readable(RunRow row)
    {
        if (TryReadRun(row, out var run, out var problem))
        {
            return run;
        }

        var why = StoreErrors.RunNotReadable(row.Id, problem);
        return new ReportRun
        {
            Id = row.Id,
            TaskId = row.TaskId,
            DueAt = new DateTimeOffset(row.SortAt, TimeSpan.Zero),
            Outcome = RunOutcome.Failed,
            Stage = RunStage.Record,
            Error = why.Message,
            ErrorId = why.ErrorId,
            ErrorCategory = why.Category,
        };
    }

    /// <summary>The runs with their deliveries and with the paths that they have on this computer.</summary>
    private IReadOnlyList<ReportRun> Shown(StoreSession session, List<RunRow> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var deliveries = session.Query<(string RunId, string? Owner, string Record)>(
                $"select run_id, owner, record from delivery where {session.Sql.In("run_id", "Ids")}",
                new { Ids = session.Sql.List([.. rows.Select(row => row.Id)]) })
            .Select(row => ReadDelivery(row.Record, row.Owner)).OfType<ReportDelivery>()
            .ToLookup(delivery => delivery.RunId, StringComparer.Ordinal);
        return [.. rows.Select(row =>
        {
            var run = Readable(row);
            run.Deliveries = [
                .. deliveries[run.Id].OrderBy(delivery => delivery.CreatedAt).ThenBy(delivery => delivery.Id, StringComparer.Ordinal)];
            RunPaths.Own(run, Files.Folder);
            return run;
        })];
    }
}
