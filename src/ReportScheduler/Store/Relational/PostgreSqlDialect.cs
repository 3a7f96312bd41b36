using System.Data.Common;
using Dapper;
using Npgsql;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>PostgreSQL 15 and later. The tables are in a schema of their own.</summary>
internal sealed class PostgreSqlDialect : StoreDialect
{
    public const string Schema = "reportscheduler";

    // of all who make or change the tables of a store
    private const string SchemaLock = "23189093543211635";

    private const string SslMode = "sslmode";
    private const string Root = "sslrootcert";

    public override IReadOnlyList<string> Schemes => ["postgresql", "postgres"];

    public override int UsualPort => NpgsqlConnection.DefaultPort;

    public override string Provider => "PostgreSql";

    public override IReadOnlyList<string> Options => [SslMode, Root];

    public override string? PasswordElsewhere => "set PGPASSFILE";

    public override IReadOnlyList<string> PasswordVariables => ["PGPASSWORD", "PGPASSFILE"];

    public override string CurrentSchema => "current_schema()";

    // "if not exists" asks for the right to make schemas also where an administrator has made it
    public override string MakeSchema =>
        $"do $$ begin if to_regnamespace('{Schema}') is null then create schema {Schema}; end if; end $$";

    // PgBouncer does with ignore_startup_parameters: the tables would be in another schema than for who connects without it
    public override string DroppedSettings =>
        $"where current_setting('search_path') <> '{Schema}' or current_setting('idle_in_transaction_session_timeout') <> '5s'";

    public override (string Count, string Look)? HiddenTables => (
        $"""
        select count(*) from pg_namespace s left join pg_class t on t.relnamespace = s.oid and t.relname = 'meta'
        where s.nspname = '{Schema}' and (not has_schema_privilege(s.oid, 'usage') or not has_table_privilege(t.oid, 'select'))
        """,
        $"select 1 from {Schema}.meta");

    // SQL_ASCII keeps the bytes as they come
    public override string? NarrowEncoding => "select pg_encoding_to_char(encoding) from pg_database "
        + "where datname = current_database() and pg_encoding_to_char(encoding) not in ('UTF8', 'SQL_ASCII')";

    public override string Text => "text";

    public override string Bool => "boolean";

    public override string Bytes => "bytea";

    public override string Deferred => " deferrable initially deferred";

    public override string Ticks => "(extract(epoch from clock_timestamp()) * 10000000)::bigint + 621355968000000000";

    public override string WithoutDisk => "set local synchronous_commit to off; ";

    public override string TryLockSchema => $"select case when pg_try_advisory_lock({SchemaLock}) then 1 else 0 end";

    public override string SchemaLockHolder =>
        $"""
        select concat('process ', l.pid, ' of the database server', ', from ' || host(a.client_addr))
        from pg_locks l left join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and (l.classid::bigint << 32 | l.objid::bigint) = {SchemaLock}
            and l.database = (select oid from pg_database where datname = current_database())
        """;

    public override string UnlockSchema => $"select pg_advisory_unlock({SchemaLock})";

    // Without a reference Npgsql looks for the password itself: PGPASSWORD, PGPASSFILE, ~/.pgpass.
    public override string ConnectionString(AddressParts parts, string? password, bool isToken)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = parts.Host,
            Port = parts.Port,
            Database = parts.Database,
            Username = isToken ? UserOfToken(parts) : parts.User,
            ApplicationName = nameof(ReportScheduler),
            SearchPath = Schema,
            // whatever PGCLIENTENCODING and PGTZ of this computer are: all machines have to read the same text
            ClientEncoding = "UTF8",
            Timezone = "UTC",
            // a process that is frozen in a transaction lets its rows go; a statement by itself is never told to be done again, and
            // no wait for a row is ended but by its client, whatever the database has for others. A plan is kept, and one that was made
            // while a table was small would read all of it when it has grown: each statement has its index
            Options = "-c idle_in_transaction_session_timeout=5000 -c default_transaction_isolation=read\\ committed -c lock_timeout=0 "
                + "-c enable_seqscan=off -c jit=off",
            TcpKeepAlive = true,
            // the statements are few and always the same, and no session is changed: the server reads each of them once
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Timeout = 15,
            SslMode = TlsOf<SslMode>(parts, SslMode, isToken ? Npgsql.SslMode.Require : null) ?? Npgsql.SslMode.Prefer,
        };
        settings.RootCertificate = parts.Option(Root);
        if (password is not null)
        {
            settings.Password = password;
        }

        return settings.ConnectionString;
    }

    public override DbDataSource Open(string connectionString, IdentityToken? token) => NpgsqlDataSource.Create(connectionString);

    public override bool IsBusy(DbException problem) => problem.SqlState is PostgresErrorCodes.DeadlockDetected
        or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation;

    public override StoreFault FaultOf(DbException problem) => problem switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation, MessageText: var words }
            when words.StartsWith("unsupported startup parameter", StringComparison.Ordinal) => StoreFault.Pooled,
        PostgresException { SqlState: "28P01" or "28000" or PostgresErrorCodes.InsufficientPrivilege } => StoreFault.Denied,
        // the last one: a replica, or a server that is one now
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.ReadOnlySqlTransaction } =>
            StoreFault.Unreachable,
        PostgresException { IsTransient: true } or PostgresException { SqlState: ['0', '8', ..] or ['5', '7', ..] } =>
            StoreFault.Unreachable,
        PostgresException => StoreFault.Failed,
        // nobody gave one, and Npgsql found none
        { Message: var words } when words.StartsWith("No password", StringComparison.Ordinal) => StoreFault.Denied,
        _ => StoreFault.Unreachable,
    };

    // refused with TLS, Npgsql tries without, and only what the server says to that remains
    public override string? DeniedHint(DbException problem) =>
        problem is PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } refused
            && refused.MessageText.EndsWith("no encryption", StringComparison.Ordinal)
            ? $"with {SslMode}=require in the address the server says why it refused it with TLS" : null;

    // One parameter, whatever is in it: the statement stays the same. With "= any", a plan that was made while a table was small
    // compares each of its rows with each of the list when it has grown.
    public override string In(string column, string parameter) => $"{column} in (select unnest(@{parameter}))";

    public override StoreList List(IReadOnlyCollection<string> values) => StoreList.Of(values.ToArray());

    // A fence: else the whole table is read into a hash for a few rows of it.
    public override string JoinEach(string table, string alias, string condition) =>
        $"left join lateral (select * from {table} {alias} where {condition} offset 0) {alias} on true";

    public override string Upsert(string table, IReadOnlyList<string> keys, IReadOnlyList<string> columns, string source) =>
        $"insert into {table} ({string.Join(", ", columns)}) {source} on conflict ({string.Join(", ", keys)}) do update set "
            + string.Join(", ", columns.Except(keys).Select(column => $"{column} = excluded.{column}"));

    // a third less than an upsert, which looks for each key twice
    public override string Update(string table, string key, IReadOnlyList<string> columns, string source) =>
        $"update {table} o set {string.Join(", ", columns.Where(column => column != key).Select(column => $"{column} = n.{column}"))} "
            + $"from ({source}) n ({string.Join(", ", columns)}) where o.{key} = n.{key}";

    public override string InsertNew(string table, string key, IReadOnlyList<string> columns, string source) =>
        $"insert into {table} ({string.Join(", ", columns)}) {source} on conflict ({key}) do nothing";

    // the list is that of the rows
    public override string InsertNewIds(string table, string key, IReadOnlyList<string> columns, string source, string ids) =>
        $"{InsertNew(table, key, columns, source)} returning id";

    public override int MostRows(int columns) => int.MaxValue;

    // an array for each column, so that a thousand rows are as many parameters as one
    public override string Source(RowSet rows, int from, int count, DynamicParameters parameters, string prefix = "")
    {
        foreach (var (name, values, _) in rows.Columns)
        {
            parameters.Add(prefix + name, values);
        }

        return $"select * from unnest({string.Join(", ", rows.Names.Select(name => "@" + prefix + name))})";
    }

    // by the code of each character: faster than any language's order, and the same when the library that knows those is another one
    public override string Key(int length) => "text collate \"C\"";

    public override StoreReplication ReplicationOf(Func<string, IReadOnlyList<string?>> ask)
    {
        var states = ask("select sync_state from pg_stat_replication");
        return new StoreReplication(
            ask("select current_setting('synchronous_commit')") is ["off"]
                ? ("synchronous_commit off", "Set it on for the store's user") : null,
            states.Count > 0, states.Contains("sync") || states.Contains("quorum"), "Make one synchronous with synchronous_standby_names",
            IsHidden: states.Contains(null));
    }
}
