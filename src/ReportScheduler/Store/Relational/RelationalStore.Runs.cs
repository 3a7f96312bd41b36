using Dapper;
using Npgsql;

namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    public void AddRun(ReportRun run) => database.Change((connection, transaction) =>
    {
        Insert(connection, transaction, [run]);
        if (run.Owner is { } owner)
        {
            Beat(connection, transaction, owner);
        }

        WriteDeliveries(connection, transaction, run.Deliveries);
        return true;
    });

    public ReportRun? AddDueRun(ReportRun run) => database.Change((connection, transaction) =>
    {
        CheckMoved(connection, transaction);
        return Insert(connection, transaction, [run]).Count > 0
            ? null
            : Shown(connection, transaction, connection
                .Query<RunRow>($"{RunRow.Select} where r.once_key = @Key", new { Key = StoreKeys.OnceKey(run) }, transaction).AsList())[0];
    });

    public bool SaveRun(ReportRun run) => database.Change((connection, transaction) => Write(connection, transaction, run, finish: false));

    public bool FinishRun(ReportRun run) => database.Change((connection, transaction) => Write(connection, transaction, run, finish: true));

    public IReadOnlyList<ReportRun> GetRuns(RunFilter filter) =>
        database.Once(connection => Shown(connection, null, connection.Query<RunRow>(
        $"""
        {RunRow.Select} where (@RunId::text is null or r.id = @RunId) and (@TaskId::text is null or r.task_id = @TaskId)
            and (@Outcomes::text[] is null or r.outcome = any(@Outcomes))
            and (@Since::bigint is null or r.sort_at >= @Since) and (@Until::bigint is null or r.sort_at < @Until)
            and (@AfterAt::bigint is null or (r.sort_at, r.id) < (@AfterAt, @AfterId))
        order by r.sort_at desc, r.id desc offset @Skip limit @Limit
        """,
        new
        {
            filter.RunId,
            filter.TaskId,
            Outcomes = filter.Outcomes?.Select(outcome => outcome.ToString()).ToArray(),
            Since = filter.Since?.UtcTicks,
            Until = filter.Until?.UtcTicks,
            AfterAt = filter.After?.At.UtcTicks,
            AfterId = filter.After?.RunId,
            filter.Skip,
            Limit = filter.Limit ?? int.MaxValue,
        }).AsList()));

    public int RemoveRuns(IReadOnlyCollection<string> runIds) => runIds.Count == 0 ? 0 : database.Change((connection, transaction) =>
    {
        var rows = connection.Query<(string Id, bool IsOpen, string Record)>(
            "select id, is_open, record from run where id = any(@Ids) for update", new { Ids = runIds.ToArray() }, transaction);
        // one that cannot be read is not going on, whatever it says
        string[] gone = [
            .. rows.Where(row => !row.IsOpen || !RecordJson.TryRead<ReportRun>(row.Record, out _, out _)).Select(row => row.Id)];
        connection.Execute("delete from busy where run_id = any(@gone)", new { gone }, transaction);
        return connection.Execute("delete from run where id = any(@gone)", new { gone }, transaction);
    });

    private static bool Write(NpgsqlConnection connection, NpgsqlTransaction transaction, ReportRun run, bool finish)
    {
        var before = connection.QuerySingleOrDefault<(string? Owner, int Attempt, string Outcome, bool IsCounted, string Id)>(
            "select owner, attempt, outcome, is_counted, id from run where id = @Id for update", new { run.Id }, transaction);
        // whoever took the run over has one attempt more
        if (before.Id is null || before.Attempt != run.Attempt || (before.Owner is not null && before.Owner != run.Owner)
            || (finish && new ReportRun { Outcome = Enum.Parse<RunOutcome>(before.Outcome) }.IsFinal))
        {
            return false;
        }

        if (finish)
        {
            RecordOutcome(connection, transaction, run, before.IsCounted);
        }

        if (run.Outcome != RunOutcome.Running)
        {
            (run.Owner, run.HeartbeatAt) = (null, null);
            connection.Execute("delete from busy where run_id = @Id", new { run.Id }, transaction);
        }

        connection.Execute(
            """
            update run set outcome = @Outcome, sort_at = @SortAt, wait_at = @WaitAt, owner = @Owner, interruptions = @Interruptions,
                is_open = @IsOpen,
                is_counted = @IsCounted, record = @Record where id = @Id
            """,
            new
            {
                run.Id,
                Outcome = run.Outcome.ToString(),
                SortAt = SortAt(run),
                WaitAt = WaitAt(run),
                run.Owner,
                run.Interruptions,
                IsOpen = !run.IsFinal,
                IsCounted = before.IsCounted || finish,
                Record = RecordJson.Write(run),
            },
            transaction);
        WriteDeliveries(connection, transaction, run.Deliveries);
        return true;
    }

    private static void RecordOutcome(NpgsqlConnection connection, NpgsqlTransaction transaction, ReportRun run, bool isCounted)
    {
        if (connection.QuerySingleOrDefault<string>("select record from task where id = @TaskId", new { run.TaskId },
            transaction) is not { } json)
        {
            return;
        }

        var pauseAfter = RecordJson.TryRead<ReportTask>(json, out var task, out _) ? task.PauseAfterFailures : null;
        var state = LockedState(connection, transaction, run.TaskId);
        TaskStateRules.Count(state, run, !isCounted, pauseAfter ?? ReadOption(connection, transaction).PauseAfterFailures);
        WriteState(connection, transaction, state);
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
    private IReadOnlyList<ReportRun> Shown(NpgsqlConnection connection, NpgsqlTransaction? transaction, List<RunRow> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var deliveries = connection.Query<(string RunId, string? Owner, string Record)>(
                "select run_id, owner, record from delivery where run_id = any(@Ids)", new { Ids = rows.Select(row => row.Id).ToArray() },
                transaction)
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
