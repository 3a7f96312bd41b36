using System.Data.Common;
using MySqlConnector;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>MariaDB 10.6 and later, and MySQL 8. The database is the store's own.</summary>
/// <remarks>
/// Transactions are READ COMMITTED: the usual REPEATABLE READ locks gaps between rows, which makes deadlocks of claims that
/// have nothing to do with each other, and reads of a transaction would be as old as its first. A change of tables is no
/// transaction here: each of its statements is passed over where it was carried out.
/// </remarks>
internal sealed class MariaDbDialect : StoreDialect
{
    private const string SchemaLock = "concat('reportscheduler.', database())";
    private const string SslMode = "sslmode";
    private const string Root = "sslca";

    // what a session needs beside what the transaction says, whatever the server has for others; a limit of rows would leave
    // tasks out without a word, a statement would see what was so at the one before, a due time could have two runs, and what belongs
    // to a run that is removed would stay. idle_transaction_timeout is MariaDB's alone
    private const string Session = "set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = 15, "
        + "sql_select_limit = 18446744073709551615, sql_big_selects = 1, sql_safe_updates = 0, autocommit = 1, unique_checks = 1, "
        + "foreign_key_checks = 1, completion_type = 'NO_CHAIN', names utf8mb4";

    /// <summary>The user, the host it comes from or its rights: no database (1044), no right to a table, a column or at all (1142,
    /// 1143, 1227), no host (1130), no such login (1698), a password that is to be changed (1820, 1862), a locked account (3118,
    /// 4151).</summary>
    private static readonly HashSet<int> Refusals = [1044, 1130, 1142, 1143, 1227, 1698, 1820, 1862, 3118, 4151];

    /// <summary>What passes, or what somebody mends: a disk or a table space that is full (3, 1021, 1026, 1030, 1114), memory and
    /// threads (1037, 1038, 1041, 1135), a host that is blocked (1129), connections, locks and transactions of all or of this user
    /// (1203, 1206, 1226, 1637), a server that only reads (1290, 1836), a database that is not there (1049), a commit that did not
    /// reach the disk or the others of a cluster (1180, 3100), rows and tables that were changed (1020, 1412), the server's limit of
    /// time (1969, 3024), the driver's (-1).</summary>
    private static readonly HashSet<int> Passing =
    [
        -1, 3, 1020, 1021, 1026, 1030, 1037, 1038, 1041, 1049, 1114, 1129, 1135, 1180, 1203, 1205, 1206, 1226, 1290, 1412, 1637, 1836,
        1969, 3024, 3100,
    ];

    public override IReadOnlyList<string> Schemes => ["mysql", "mariadb"];

    public override int UsualPort => 3306;

    public override string Provider => "MySql";

    public override IReadOnlyList<string> Options => [SslMode, Root];

    public override string CurrentSchema => "database()";

    public override string Text => "longtext";

    public override string Bool => "boolean";

    public override string Bytes => "longblob";

    // text is the same only with the same case and the same spaces at its end; keys are longer than other formats of rows take
    public override string TableOptions(string serverVersion) => " engine = InnoDB default character set utf8mb4 collate "
        + (IsMariaDb(serverVersion) ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin") + " row_format = dynamic";

    // NOW() and the like are the start of the statement
    public override string Ticks => "timestampdiff(microsecond, '1970-01-01', utc_timestamp(6)) * 10 + 621355968000000000";

    public override string TryLockSchema => $"select get_lock({SchemaLock}, 0)";

    public override string SchemaLockHolder =>
        $"""
        select concat('connection ', l.id, ' of the database server', coalesce(concat(', from ', p.host), ''))
        from (select is_used_lock({SchemaLock}) as id) l left join information_schema.processlist p on p.id = l.id
        """;

    public override string UnlockSchema => $"select release_lock({SchemaLock})";

    public override string ConnectionString(AddressParts parts, string? password, bool isToken)
    {
        var settings = new MySqlConnectionStringBuilder
        {
            Server = parts.Host,
            Port = (uint)parts.Port,
            Database = parts.Database,
            UserID = isToken ? UserOfToken(parts) : parts.User ?? "",
            ApplicationName = nameof(ReportScheduler),
            // a row that stayed as it was is none that changed
            UseAffectedRows = true,
            // the session keeps what it was given; a connection that the server closed is noticed by its first statement
            ConnectionReset = false,
            Keepalive = 30,
            ConnectionTimeout = 15,
            SslMode = TlsOf<MySqlSslMode>(parts, SslMode, isToken ? MySqlSslMode.Required : null) ?? MySqlSslMode.Preferred,
        };
        if (parts.Option(Root) is { } root)
        {
            settings.SslCa = root;
        }

        if (password is not null)
        {
            settings.Password = password;
        }

        return settings.ConnectionString;
    }

    public override DbDataSource Open(string connectionString, IdentityToken? token) => new MySqlDataSourceBuilder(connectionString)
        .UseConnectionOpenedCallback((opened, _) =>
        {
            if (opened.Conditions.HasFlag(MySqlConnectionOpenedConditions.New))
            {
                using var command = opened.Connection.CreateCommand();
                command.CommandText = IsMariaDb(opened.Connection.ServerVersion) ? Session + ", idle_transaction_timeout = 5" : Session;
                command.ExecuteNonQuery();
            }

            return default;
        })
        .Build();

    public override bool IsBusy(DbException problem) => problem is MySqlException
    {
        ErrorCode: MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout or MySqlErrorCode.DuplicateKeyEntry
            or MySqlErrorCode.CheckRead or MySqlErrorCode.TableDefinitionChanged
    };

    // the SQLSTATE tells where there is one of its own; HY000 and 42000 are of everything else
    public override StoreFault FaultOf(DbException problem) => problem is not MySqlException { Number: var number, SqlState: var state }
        || number == 0 ? StoreFault.Unreachable : state switch
    {
        ['2', '8', ..] => StoreFault.Denied,
        // the line and the server, what was ended, and a server that only reads
        ['0', '8', ..] or ['4', '0', ..] or ['7', '0', ..] or "25006" => StoreFault.Unreachable,
        _ when Refusals.Contains(number) => StoreFault.Denied,
        _ when Passing.Contains(number) => StoreFault.Unreachable,
        _ => problem.IsTransient || problem.InnerException is not null ? StoreFault.Unreachable : StoreFault.Failed,
    };

    public override string? DeniedHint(DbException problem) =>
        problem is MySqlException { ErrorCode: MySqlErrorCode.AccessDenied } refused
            && refused.Message.EndsWith("(using password: NO)", StringComparison.Ordinal)
            ? "no password was given; name where it is, such as ?password=env:NAME in the address" : null;

    public override bool IsMade(DbException problem) => problem is MySqlException
    {
        ErrorCode: MySqlErrorCode.TableExists or MySqlErrorCode.DuplicateKeyName or MySqlErrorCode.DuplicateFieldName
    };

    // the space ends the name of the parameter
    public override string In(string column, string parameter) => $"{column} in @{parameter} ";

    public override StoreList List(IReadOnlyCollection<string> values) => StoreList.Each(values);

    // rows are locked as they are read: in the order of the index, no more than are wanted
    public override string LockHint(bool skip, string? index = null) => index is null ? "" : $" force index ({index})";

    public override string Upsert(string table, IReadOnlyList<string> keys, IReadOnlyList<string> columns, string source) =>
        $"insert into {table} ({string.Join(", ", columns)}) {source} on duplicate key update "
            + string.Join(", ", columns.Except(keys).Select(column => $"{column} = values({column})"));

    // INSERT IGNORE would also pass over what is too long
    public override string InsertNew(string table, string key, IReadOnlyList<string> columns, string source) =>
        $"insert into {table} ({string.Join(", ", columns)}) {source} on duplicate key update {key} = {table}.{key}";

    public override int MostRows(int columns) => 200;

    // the server ends the line, and says nothing that arrives, where a statement is longer
    public override string? StatementLimit => "select @@max_allowed_packet";

    public override string Key(int length) => $"varchar({length})";

    public override string Where(string condition) => "";

    public override StoreReplication ReplicationOf(Func<string, IReadOnlyList<string?>> ask)
    {
        // the names that are set and are not off, of MariaDB, of MySQL and of Galera
        var status = ask(
            """
            select lower(variable_name) from information_schema.global_status where variable_value not in ('', '0', 'OFF')
            and variable_name in ('slaves_connected', 'rpl_semi_sync_master_clients', 'wsrep_cluster_size')
            """);
        return new StoreReplication(
            ask("select @@global.innodb_flush_log_at_trx_commit") is ["1"]
                ? null : ("innodb_flush_log_at_trx_commit other than 1", "Set it to 1"),
            status.Count > 0, status.Any(name => name != "slaves_connected"), "Make one semi-synchronous");
    }

    private static bool IsMariaDb(string version) => version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
}
