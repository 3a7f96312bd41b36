using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>SQL Server 2017 and later, and Azure SQL. The database is the store's own.</summary>
internal sealed class SqlServerDialect : StoreDialect
{
    private const string Encrypt = "encrypt";
    private const string Trust = "trustservercertificate";
    private const string Collation = "Latin1_General_100_BIN2";

    public override IReadOnlyList<string> Schemes => ["mssql", "sqlserver"];

    public override int UsualPort => 1433;

    public override string Provider => "SqlServer";

    public override IReadOnlyList<string> Options => [Encrypt, Trust];

    public override string? PasswordElsewhere => "leave the user out for the Windows account";

    public override string CurrentSchema => "schema_name()";

    public override string True => "1";

    public override string False => "0";

    public override string Text => $"nvarchar(max) collate {Collation}";

    // 1,700 bytes, and 900 where it is clustered
    public override string WideKey => "nonclustered ";

    public override string Bool => "bit";

    public override string Bytes => "varbinary(max)";

    // a number that an int does not hold is a decimal, and a column that is compared with one is read from end to end
    public override string Ticks =>
        "datediff_big(microsecond, '1970-01-01', sysutcdatetime()) * 10 + cast(621355968000000000 as bigint)";

    public override string TryLockSchema =>
        """
        declare @got int;
        exec @got = sp_getapplock @Resource = 'reportscheduler', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0;
        select case when @got >= 0 then 1 else 0 end
        """;

    public override string UnlockSchema => "exec sp_releaseapplock @Resource = 'reportscheduler', @LockOwner = 'Session'";

    public override string ConnectionString(AddressParts parts, string? password, bool isToken)
    {
        var settings = new SqlConnectionStringBuilder
        {
            DataSource = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"tcp:{parts.Host},{parts.Port}"),
            InitialCatalog = parts.Database,
            ApplicationName = nameof(ReportScheduler),
            ConnectTimeout = 15,
            // the listener of an availability group has an address in each subnet, and answers at one of them
            MultiSubnetFailover = true,
            TrustServerCertificate = Flag(parts, Trust),
        };
        if (parts.Option(Encrypt) is { } encrypt)
        {
            settings.Encrypt = SqlConnectionEncryptOption.TryParse(encrypt, out var option)
                ? option
                : throw new FormatException($"'{encrypt}' is not a value of {Encrypt}");
        }

        if (isToken)
        {
            return parts.User is null ? settings.ConnectionString : throw new FormatException("an identity signs in without a user");
        }

        if (parts.User is null)
        {
            settings.IntegratedSecurity = true;
        }
        else
        {
            settings.UserID = parts.User;
            settings.Password = password ?? "";
        }

        return settings.ConnectionString;
    }

    public override DbDataSource Open(string connectionString, IdentityToken? token) => new SqlServerSource(connectionString, token);

    // deadlock, lock timeout, and the keys that another transaction inserted meanwhile
    public override bool IsBusy(DbException problem) => problem is SqlException { Number: 1205 or 1222 or 2601 or 2627 };

    public override StoreFault FaultOf(DbException problem) =>
        problem is not SqlException known ? StoreFault.Unreachable : known.Number switch
        {
            // rights, logins, and the firewall of Azure SQL
            229 or 230 or 262 or 300 or 916 or 2760 or 15247 or 18452 or 18456 or 18470 or 18486 or 18487 or 18488 or 40615 =>
                StoreFault.Denied,
            // locks; the server has no memory, and the database no room
            1205 or 1222 or 701 or 802 or 8645 or 8651 or 1101 or 1105 or 9002 => StoreFault.Unreachable,
            // the database is not there, not online or only read, or a replica; the server starts or stops
            4060 or (>= 921 and <= 927) or 942 or 945 or 3906 or 3908 or (>= 976 and <= 983) or 988 or 6005 or 17142 or 18401 or 18451 =>
                StoreFault.Unreachable,
            // the resources and failovers of Azure SQL
            40197 or 40501 or 40613 or 49918 or 49919 or 49920 or 10928 or 10929 => StoreFault.Unreachable,
            // a class of 20 and more ends the connection; a number of 0 and below is the client's
            _ => known.Class >= 20 || known.Number <= 0 || known.IsTransient ? StoreFault.Unreachable : StoreFault.Failed,
        };

    // A statement has at most 2,100 parameters. The values have a length, as the columns have: an index is no use for others.
    public override string In(string column, string parameter) =>
        $"{column} in (select cast(value as nvarchar(4000)) collate {Collation} from openjson(@{parameter}))";

    public override StoreList List(IReadOnlyCollection<string> values) => StoreList.Of(JsonSerializer.Serialize(values));

    // where READ_COMMITTED_SNAPSHOT is on, READPAST is for those alone that ask for locks nevertheless
    public override string LockHint(bool skip, string? index = null) =>
        $" with (updlock, rowlock{(skip ? ", readpast, readcommittedlock" : "")}{(index is null ? "" : $", index({index})")})";

    public override string Lock(bool skip) => "";

    public override string First(string limit) => $"offset 0 rows fetch next {limit} rows only";

    public override string Page(string skip, string limit) => $"offset {skip} rows fetch next {limit} rows only";

    public override string Upsert(string table, IReadOnlyList<string> keys, IReadOnlyList<string> columns, string source) =>
        $"""
        merge into {table} with (holdlock) as t using ({source}) as n ({string.Join(", ", columns)})
            on {string.Join(" and ", keys.Select(IsSame))}
        when matched then update set {string.Join(", ", columns.Except(keys).Select(column => $"{column} = n.{column}"))}
        when not matched then insert ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(column => $"n.{column}"))});
        """;

    public override string InsertNew(string table, string key, IReadOnlyList<string> columns, string source) =>
        $"""
        insert into {table} ({string.Join(", ", columns)})
        select {string.Join(", ", columns.Select(column => $"n.{column}"))} from ({source}) as n ({string.Join(", ", columns)})
        where not exists (select 1 from {table} as t with (updlock, holdlock) where {IsSame(key)})
        """;

    public override int MostRows(int columns) => 2000 / columns;

    public override string Key(int length) => $"nvarchar({length}) collate {Collation}";

    public override StoreReplication ReplicationOf(Func<string, IReadOnlyList<string?>> ask)
    {
        const string Remedy = "Make the availability mode of one SYNCHRONOUS_COMMIT";
        if (ask("select case when has_perms_by_name(null, null, 'VIEW SERVER STATE') = 1 then 'yes' else 'no' end") is ["no"])
        {
            return new StoreReplication(null, HasReplica: true, IsAhead: false, Remedy, IsHidden: true);
        }

        var modes = ask(
            """
            select r.availability_mode_desc from sys.dm_hadr_database_replica_states s
            join sys.availability_replicas r on r.replica_id = s.replica_id
            where s.database_id = db_id() and s.is_local = 0
            """);
        return new StoreReplication(null, modes.Count > 0, modes.Contains("SYNCHRONOUS_COMMIT"), Remedy);
    }

    // values have the collation of the database, of which a key has another one
    private static string IsSame(string key) => $"t.{key} = n.{key} collate {Collation}";

    private static bool Flag(AddressParts parts, string name) => parts.Option(name) switch
    {
        null => false,
        var text when bool.TryParse(text, out var value) => value,
        "yes" => true,
        "no" => false,
        var text => throw new FormatException($"'{text}' is not a value of {name}"),
    };
}
