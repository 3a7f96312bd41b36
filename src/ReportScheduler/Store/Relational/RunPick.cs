using Dapper;

namespace ReportScheduler.Store.Relational;

/// <summary>Locks runs that wait, the oldest first. Those that others have locked are passed over: they take them.</summary>
/// <param name="Take">Who takes how many.</param>
/// <param name="Many">So many of the oldest are looked at.</param>
internal sealed record RunPick(TakeOrder Take, int Many)
{
    /// <summary>Only this one; null for any.</summary>
    public string? RunId { get; init; }

    /// <summary>Looks at few: mostly they are enough.</summary>
    public static RunPick Few(TakeOrder take) => new(take, Math.Max(40, 4 * take.Limit));

    public RunPick More() => this with { Many = Math.Max(500, 20 * Take.Limit) };

    public string Statement(StoreDialect sql)
    {
        var (one, parallel) = (RunId is null ? "" : " and w.id = @RunId", $"t.is_parallel = {sql.True}");
        return $"""
            select r.id, r.task_id, {Alone("r", $"exists (select 1 from task t where t.id = r.task_id and {parallel})")}
            from run r{sql.LockHint(skip: true, "run_wait")} where r.wait_at is not null and r.id in (
                select id from (
                    select w.id, w.alone, row_number() over (partition by w.task_id order by w.wait_at, w.id) as place from (
                        select w.id, w.task_id, w.wait_at, {Alone("w", parallel)} as alone
                        from run w left join task t on t.id = w.task_id left join busy b on b.task_id = w.task_id
                        where w.wait_at is not null{one}{Except(sql, "w.task_id", Take.PassedOver)}
                            and (b.task_id is null or {Alone("w", parallel)} = 0)
                        order by w.wait_at, w.id {sql.First("@Many")}
                    ) w
                ) c where place = 1 or alone = 0)
            order by r.wait_at, r.id {sql.First("@Limit")} {sql.Lock(skip: true)};
            select count(*) from (select id from run where wait_at is not null order by wait_at, id {sql.First("@Many")}) few
            """;
    }

    /// <param name="sql">The database.</param>
    /// <param name="pick">Whose <see cref="Statement"/> it is; null for none.</param>
    /// <param name="ids">The parameter Ids of other statements beside it.</param>
    public static object Values(StoreDialect sql, RunPick? pick, IReadOnlyCollection<string> ids) => new
    {
        Ids = sql.List(ids),
        pick?.Take.Limit,
        pick?.RunId,
        pick?.Many,
        Others = sql.List(pick?.Take.PassedOver ?? []),
    };

    /// <summary>Reads what <see cref="Statement"/> found.</summary>
    public PickedRuns Read(SqlMapper.GridReader found) =>
        new([.. found.Read<(string Id, string TaskId, int IsAlone)>()], found.ReadSingle<int>() == Many);

    /// <summary>Leaves the runs of some tasks, which are the parameter Others.</summary>
    public static string Except(StoreDialect sql, string column, IReadOnlyCollection<string> tasks) =>
        tasks.Count == 0 ? "" : $" and not {sql.In(column, "Others")}";

    // 1 for a run beside which no other one of its task may go on
    private static string Alone(string run, string isParallel) =>
        $"case when {run}.cause = '{RunTrigger.Manual}' or {isParallel} then 0 else 1 end";
}
