using System.Data.Common;
using System.Globalization;

namespace ReportScheduler.Store.Relational;

/// <summary>The tables of a store, as steps from each version to the next.</summary>
internal static class RelationalSchema
{
    private const string Meta = "meta";

    /// <summary>Seconds: an index of a large table takes longer than the questions of a runner may.</summary>
    private const int LongestStatement = 3600;

    /// <summary>The statements of each step; one transaction, where the database has one for them. Steps that were
    /// published are never changed: a new version is a new step.</summary>
    private static readonly Func<StoreDialect, string, string[]>[] Steps = [First];

    public static int Newest => Steps.Length;

    /// <summary>Each table, and a column of its key.</summary>
    public static readonly IReadOnlyList<(string Name, string Key)> Tables = [
        (Meta, "name"), ("runner", "owner"), ("runner_info", "id"), ("task", "id"), ("task_state", "task_id"), ("run", "id"),
        ("busy", "task_id"), ("delivery", "id"), ("run_file", "run_id"), ("named", "kind"), ("once", "name"), ("result", "task_id")];

    /// <summary>All that makes the tables of the newest version.</summary>
    public static IEnumerable<string> Statements(StoreDialect sql, string serverVersion) =>
        Steps.SelectMany(step => step(sql, serverVersion));

    /// <summary>The version of the tables; 0 where there are none, or where making them was cut off.</summary>
    /// <exception cref="ReportException">StoreBehindPooler.</exception>
    public static int Version(StoreSession session, string address)
    {
        if (session.Sql.DroppedSettings is { } dropped && session.Exists(dropped))
        {
            throw RelationalErrors.StoreBehindPooler(address);
        }

        if (IsStore(session))
        {
            // what is no number is of somebody else's table
            _ = int.TryParse(WrittenVersion(session), NumberStyles.None, CultureInfo.InvariantCulture, out var version);
            return version;
        }

        // of tables that this user may not see the server says so itself
        if (session.Sql.HiddenTables is var (hidden, look) && session.Scalar<int>(hidden) > 0)
        {
            session.Execute(look);
        }

        return 0;
    }

    /// <summary>Makes the tables, or brings them to the newest version, where nobody else does that now.</summary>
    /// <returns>Who else does, in words; null when they are of the newest version.</returns>
    /// <exception cref="ReportException">StoreTablesTaken, StoreEncodingNarrow or StoreBehindPooler.</exception>
    public static string? TryBring(DbConnection connection, StoreDialect sql, string address)
    {
        var session = new StoreSession(connection, null, sql, LongestStatement);
        if (session.Scalar<int>(sql.TryLockSchema) != 1)
        {
            return (sql.SchemaLockHolder is { } ask ? session.Query<string?>(ask).FirstOrDefault() : null) ?? "another connection";
        }

        try
        {
            var found = Version(session, address);
            if (found == 0)
            {
                Prepare(session, address);
            }

            for (var version = found; version < Newest; version++)
            {
                Take(connection, sql, version);
            }

            return null;
        }
        finally
        {
            session.Execute(sql.UnlockSchema);
        }
    }

    private static void Prepare(StoreSession session, string address)
    {
        if (session.Sql.NarrowEncoding is { } ask && session.Find(ask) is { } encoding)
        {
            throw RelationalErrors.StoreEncodingNarrow(address, encoding);
        }

        if (session.Sql.MakeSchema is { } make)
        {
            session.Execute(make);
        }

        // what was cut off has its own tables, and no version yet
        if (IsStore(session) ? WrittenVersion(session) is not null : Has(session, Meta) || Has(session, "task") || Has(session, "run"))
        {
            throw RelationalErrors.StoreTablesTaken(address);
        }
    }

    private static void Take(DbConnection connection, StoreDialect sql, int version)
    {
        using var transaction = connection.BeginTransaction();
        var session = new StoreSession(connection, transaction, sql, LongestStatement);
        foreach (var statement in Steps[version](sql, connection.ServerVersion))
        {
            try
            {
                session.Execute(statement);
            }
            catch (DbException problem) when (sql.IsMade(problem))
            {
                // by an update that was cut off
            }
        }

        if (version == 0)
        {
            session.InsertNew(Meta, "name", new RowSet().With("name", "definitions").With("number", (long?)1));
        }

        session.Upsert(Meta, ["name"],
            new RowSet().With("name", "version").With("value", (version + 1).ToString(CultureInfo.InvariantCulture)));
        transaction.Commit();
    }

    private static string? WrittenVersion(StoreSession session) => session.Find("select value from meta where name = 'version'");

    // others have a table of that name too. SQL Server knows the names in capitals alone where its database tells cases apart
    private static bool IsStore(StoreSession session) => session.Exists(
        $"""
        from INFORMATION_SCHEMA.COLUMNS where TABLE_SCHEMA = {session.Sql.CurrentSchema} and TABLE_NAME = '{Meta}'
        and COLUMN_NAME in ('name', 'value', 'number') having count(*) = 3
        """);

    private static bool Has(StoreSession session, string table) => session.Exists(
        $"from INFORMATION_SCHEMA.TABLES where TABLE_SCHEMA = {session.Sql.CurrentSchema} and TABLE_NAME = '{table}'");

    // names of at most 200 characters, ids that are names of folders; no word that one of the databases keeps for itself
    private static string[] First(StoreDialect sql, string serverVersion)
    {
        var (id, end) = (sql.Key(200), sql.TableOptions(serverVersion));
        return
        [
            $"create table meta (name {sql.Key(250)} not null primary key, value {sql.Text}, number bigint){end}",
            $"create table runner (owner {sql.Key(250)} not null primary key, lease_until bigint not null){end}",
            $"""
            create table runner_info (id {id} not null primary key, seen_at bigint not null, started_at bigint not null,
                owner {sql.Key(250)} not null, stop_requested {sql.Bool} not null default {sql.False}, record {sql.Text} not null){end}
            """,
            $"""
            create table task (id {id} not null primary key, name_key {id} not null unique, name {id} not null,
                time_zone {sql.Text} not null, is_parallel {sql.Bool} not null, revision int not null, record {sql.Text} not null){end}
            """,
            $"create table task_state (task_id {id} not null primary key, wake_at bigint, record {sql.Text} not null){end}",
            $"create index task_state_wake on task_state (wake_at, task_id){sql.Where("wake_at is not null")}",
            $"""
            create table run (id {id} not null primary key, once_key {sql.Key(250)} not null unique, task_id {id} not null,
                cause {sql.Key(20)} not null, outcome {sql.Key(40)} not null, due_at bigint not null, sort_at bigint not null,
                wait_at bigint, started_at bigint, owner {sql.Key(250)}, attempt int not null, interruptions int not null,
                is_open {sql.Bool} not null, is_counted {sql.Bool} not null default {sql.False}, record {sql.Text} not null){end}
            """,
            $"create index run_wait on run (wait_at, id){sql.Where("wait_at is not null")}",
            $"create index run_owner on run (owner){sql.Where("owner is not null")}",
            $"create index run_open on run (task_id){sql.Where($"is_open = {sql.True}")}",
            "create index run_task on run (task_id, sort_at desc, id desc)",
            "create index run_sort on run (sort_at desc, id desc)",
            $"create table busy (task_id {id} not null primary key, run_id {id} not null unique){end}",
            $"""
            create table delivery (id {id} not null primary key, run_id {id} not null, target {sql.Text} not null, try_at bigint,
                owner {sql.Key(250)}, record {sql.Text} not null, foreign key (run_id) references run (id) on delete cascade){end}
            """,
            "create index delivery_run on delivery (run_id)",
            $"create index delivery_try on delivery (try_at, id){sql.Where("try_at is not null")}",
            $"""
            create table run_file (run_id {id} not null, folder {id} not null, name {sql.Key(260)} not null, no int not null,
                bytes {sql.Bytes} not null, {Primary(sql, "run_id, folder, name, no")},
                foreign key (run_id) references run (id) on delete cascade{sql.Deferred}){end}
            """,
            $"""
            create table named (kind {sql.Key(40)} not null, name_key {id} not null, name {id} not null, record {sql.Text} not null,
                {Primary(sql, "kind, name_key")}){end}
            """,
            $"""
            create table once (name {sql.Key(250)} not null primary key, until bigint not null, content {sql.Text}, run_id {id}){end}
            """,
            "create index once_until on once (until)",
            $"""
            create table result (task_id {id} not null, run_id {id} not null, no int not null, bytes {sql.Bytes} not null,
                {Primary(sql, "task_id, run_id, no")}){end}
            """,
            $"create view clock as select {sql.Ticks} as now_at",
        ];
    }

    private static string Primary(StoreDialect sql, string columns) => $"primary key {sql.WideKey}({columns})";
}
