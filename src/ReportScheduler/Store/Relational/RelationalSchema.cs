using Dapper;
using Npgsql;

namespace ReportScheduler.Store.Relational;

/// <summary>The tables of a store, as steps from each version to the next.</summary>
internal static class RelationalSchema
{
    public const string Name = "reportscheduler";

    // one number for all who make or change the tables of any store on the server
    private const long Lock = 0x5265706f727453;

    /// <summary>Each step is one transaction. Steps that were published are never changed: a new version is a new step.</summary>
    private static readonly string[] Steps =
    [
        """
        create table meta (key text primary key, value text not null);
        create table runner (owner text primary key, lease_until bigint not null);
        create table runner_info (id text primary key, seen_at bigint not null, started_at bigint not null, owner text not null,
            stop_requested boolean not null default false, record text not null);
        create table task (id text primary key, name_key text not null unique, name text not null, time_zone text not null,
            is_parallel boolean not null, revision int not null, record text not null);
        create table task_state (task_id text primary key, wake_at bigint, record text not null);
        create index task_state_wake on task_state (wake_at) where wake_at is not null;
        create table run (id text primary key, once_key text not null unique, task_id text not null, trigger text not null,
            outcome text not null,
            due_at bigint not null, sort_at bigint not null, wait_at bigint, owner text, attempt int not null, interruptions int not null,
            is_open boolean not null, is_counted boolean not null default false, record text not null);
        create index run_wait on run (wait_at, id) where wait_at is not null;
        create index run_owner on run (owner) where owner is not null;
        create index run_open on run (task_id) where is_open;
        create index run_task on run (task_id, sort_at desc, id desc);
        create index run_sort on run (sort_at desc, id desc);
        create table busy (task_id text primary key, run_id text not null unique);
        create table delivery (id text primary key, run_id text not null references run (id) on delete cascade, target text not null,
            try_at bigint, owner text, record text not null);
        create index delivery_run on delivery (run_id);
        create index delivery_try on delivery (try_at, id) where try_at is not null;
        create table run_file (run_id text not null references run (id) on delete cascade deferrable initially deferred,
            folder text not null, name text not null,
            no int not null, bytes bytea not null, primary key (run_id, folder, name, no));
        create table named (kind text not null, name_key text not null, name text not null, record text not null,
            primary key (kind, name_key));
        create table once (key text primary key, until bigint not null, content text, run_id text);
        create index once_until on once (until);
        create function store_now() returns bigint language sql volatile as
            'select (extract(epoch from clock_timestamp()) * 10000000)::bigint + 621355968000000000';
        insert into meta values ('definitions', '1'), ('id', gen_random_uuid()::text);
        """,
        """
        create table result (task_id text not null, run_id text not null, no int not null, bytes bytea not null,
            primary key (task_id, run_id, no));
        """,
    ];

    public static int Newest => Steps.Length;

    /// <summary>The version of the tables; 0 where there are none.</summary>
    public static int Version(NpgsqlConnection connection) =>
        connection.ExecuteScalar<string?>($"select to_regclass('{Name}.meta')::text") is null ? 0
            : int.Parse(connection.ExecuteScalar<string?>("select value from meta where key = 'version'") ?? "0",
                System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Makes the tables, or brings them to the newest version: one process does, and the others wait for it.</summary>
    /// <returns>The version that was found.</returns>
    public static int Bring(NpgsqlConnection connection)
    {
        connection.Execute("select pg_advisory_lock(@Lock)", new { Lock });
        try
        {
            var found = Version(connection);
            if (found == 0)
            {
                connection.Execute($"create schema if not exists {Name}");
            }

            for (var version = found; version < Steps.Length; version++)
            {
                using var transaction = connection.BeginTransaction();
                connection.Execute(Steps[version], transaction: transaction);
                connection.Execute(
                    "insert into meta values ('version', @Next) on conflict (key) do update set value = excluded.value",
                    new { Next = (version + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) }, transaction);
                transaction.Commit();
            }

            return found;
        }
        finally
        {
            connection.Execute("select pg_advisory_unlock(@Lock)", new { Lock });
        }
    }
}
