using System.Globalization;
using Dapper;
using Npgsql;
using ReportScheduler.Identities;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>The store in a PostgreSQL database that the runners of many machines share.</summary>
/// <remarks>Every decision is by the database's clock: <c>store_now()</c>, in ticks.</remarks>
internal sealed partial class RelationalStore : IReportStore
{
    private readonly RelationalDatabase database;
    private readonly StoreKey key;
    private readonly NamedTable<ReportConnection> connections;
    private readonly NamedTable<ReportMailServer> mailServers;
    private readonly NamedTable<ReportIdentity> identities;
    private readonly NamedTable<ReportTheme> themes;
    private readonly NamedTable<ReportSchedulerKey> keys;

    /// <param name="address">Where it is.</param>
    /// <param name="folder">The folder on this computer for work on runs, and for the key.</param>
    /// <param name="scope">Whose folder that is.</param>
    /// <param name="vault">The vaults of the account; null where there are none.</param>
    public RelationalStore(DatabaseAddress address, string folder, StoreScope scope, IVault? vault = null)
    {
        database = new RelationalDatabase(address);
        Clock = new DatabaseClock(database);
        Files = new DatabaseRunFiles(database, Path.Combine(folder, "runs"));
        Runners = new DatabaseRunnerRegistry(database);
        key = new StoreKey(database, Path.Combine(folder, "store"), scope);
        Secrets = new StoreSecrets(key, this.IdentityNamed, TokenCache.Shared, vault);
        connections = new(database, "ReportConnection", connection => connection.Name);
        mailServers = new(database, "ReportMailServer", server => server.Name);
        identities = new(database, "ReportIdentity", identity => identity.Name);
        themes = new(database, "ReportTheme", theme => theme.Name);
        keys = new(database, "ReportSchedulerKey", key => key.Name);
    }

    public string Address => database.Address;

    public bool IsThere => database.Unchecked(RelationalSchema.Version) > 0;

    public TimeProvider Clock { get; }

    public IRunFiles Files { get; }

    public IRunnerRegistry Runners { get; }

    public IStoreSecrets Secrets { get; }

    public INamedRecords<ReportConnection> Connections => connections;

    public INamedRecords<ReportMailServer> MailServers => mailServers;

    public INamedRecords<ReportIdentity> Identities => identities;

    public INamedRecords<ReportTheme> Themes => themes;

    public INamedRecords<ReportSchedulerKey> Keys => keys;

    /// <summary>How far the database's clock is ahead of this computer's.</summary>
    public TimeSpan ClockOffset => Clock.GetUtcNow() - TimeProvider.System.GetUtcNow();

    // a newer format is noticed here too: whoever asks stops then
    public long DefinitionVersion => database.Once(connection =>
    {
        var (version, definitions) = connection.QuerySingle<(string, string)>(
            "select (select value from meta where key = 'version'), (select value from meta where key = 'definitions')");
        database.CheckVersion(int.Parse(version, CultureInfo.InvariantCulture));
        CheckMoved(connection, null);
        return long.Parse(definitions, CultureInfo.InvariantCulture);
    });

    /// <summary>Makes the tables, and the key of the passwords on this computer.</summary>
    public void Make()
    {
        Update();
        key.Ensure();
    }

    /// <summary>Brings the tables to the newest format.</summary>
    public void Update() => database.Unchecked(RelationalSchema.Bring);

    /// <summary>The format of the tables, 0 for none, and the one that this version knows.</summary>
    public (int Found, int Newest) Formats() => (database.Unchecked(RelationalSchema.Version), RelationalSchema.Newest);

    public void CheckReady()
    {
        database.Once(connection =>
        {
            CheckMoved(connection, null);
            return true;
        });
        key.Check();
    }

    /// <summary>Which key the passwords are protected with.</summary>
    public StoreKey Key => key;

    /// <summary>What becomes of the store when the database server is lost, in words.</summary>
    public string DescribeReplication() => database.Once(connection =>
    {
        var isCommitKept = connection.ExecuteScalar<string>("select current_setting('synchronous_commit')") != "off";
        var states = connection.Query<string?>("select sync_state from pg_stat_replication").AsList();
        return !isCommitKept ? throw RelationalErrors.StoreCommitsNotKept(Address)
            : states.Count == 0 ? "The database has no replica: after its server is lost, a backup is what is left."
            : states.Contains("sync") || states.Contains("quorum") ? "A replica has every change before it counts."
            : throw RelationalErrors.StoreReplicaBehind(Address);
    });

    public ReportSchedulerOption GetOption() => database.Once(connection => ReadOption(connection, null));

    public void SetOption(ReportSchedulerOption option) => database.Change((connection, transaction) =>
    {
        connection.Execute(
            "insert into meta values ('option', @Record) on conflict (key) do update set value = excluded.value",
            new { Record = RecordJson.Write(option) }, transaction);
        return RelationalDatabase.NewDefinitions(connection, transaction);
    });

    public IReadOnlyList<UnreadableRecord> GetUnreadable() =>
        [.. UnreadableTasks(), .. connections.Unreadable(), .. mailServers.Unreadable(), .. identities.Unreadable(), .. themes.Unreadable(),
            .. keys.Unreadable()];

    public void CopyTo(string path) => throw RelationalErrors.StoreHasNoFile(Address);

    private static ReportSchedulerOption ReadOption(NpgsqlConnection connection, NpgsqlTransaction? transaction) =>
        connection.QuerySingleOrDefault<string>("select value from meta where key = 'option'", transaction: transaction) is { } json
            ? RecordJson.TryRead<ReportSchedulerOption>(json, out var option, out var problem) ? option
                : throw StoreErrors.RecordNotReadable("ReportSchedulerOption", "option", problem)
            : new ReportSchedulerOption();
}
