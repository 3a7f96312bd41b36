using Dapper;
using Npgsql;

namespace ReportScheduler.Store.Relational;

internal sealed partial class RelationalStore
{
    private const string MarkPrefix = "mark:";

    public IReadOnlyList<ReportTaskState> GetStates() => database.Once(connection =>
        (IReadOnlyList<ReportTaskState>)[.. connection.Query<(string Id, string Record)>("select task_id, record from task_state")
            .Select(row => ReadState(row.Record, row.Id))]);

    public void PutState(ReportTaskState state) => database.Change((connection, transaction) =>
    {
        WriteState(connection, transaction, state);
        return RelationalDatabase.NewDefinitions(connection, transaction);
    });

    public void ImportRuns(IReadOnlyList<ReportRun> runs) => database.Change((connection, transaction) =>
    {
        var known = connection
            .Query<string>("select id from run where id = any(@Ids)", new { Ids = runs.Select(run => run.Id).ToArray() }, transaction)
            .ToHashSet();
        var inserted = Insert(connection, transaction, [.. runs.Where(run => !known.Contains(run.Id))]);
        connection.Execute("update run set is_counted = not is_open where id = any(@Ids)", new { Ids = inserted.ToArray() }, transaction);
        WriteDeliveries(connection, transaction, [.. runs.Where(run => inserted.Contains(run.Id)).SelectMany(run => run.Deliveries)]);
        return true;
    });

    public string? GetMark(StoreMark mark) => database.Once(connection => ReadMark(connection, null, mark));

    public void SetMark(StoreMark mark, string? address) => database.Change((connection, transaction) =>
    {
        connection.Execute(
            address is null
                ? "delete from meta where key = @Key"
                : "insert into meta values (@Key, @address) on conflict (key) do update set value = excluded.value",
            new { Key = MarkPrefix + mark, address }, transaction);
        return RelationalDatabase.NewDefinitions(connection, transaction);
    });

    private static string? ReadMark(NpgsqlConnection connection, NpgsqlTransaction? transaction, StoreMark mark) =>
        connection.QuerySingleOrDefault<string>("select value from meta where key = @Key", new { Key = MarkPrefix + mark }, transaction);

    /// <exception cref="ReportException">StoreMoved.</exception>
    private void CheckMoved(NpgsqlConnection connection, NpgsqlTransaction? transaction)
    {
        if (ReadMark(connection, transaction, StoreMark.MovedTo) is { } to)
        {
            throw StoreErrors.StoreMoved(Address, to);
        }
    }
}
