using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Identities;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.Relational;

/// <summary>The store in a database that the runners of many machines share.</summary>
/// <remarks>Every decision is by the database's clock, in ticks.</remarks>
internal sealed partial class RelationalStore : IReportStore
{
    private const string OptionRow = "select value from meta where name = 'option'";
    private const string DefinitionsRow = "select number from meta where name = 'definitions'";

    /// <summary>What <see cref="Looked"/> looks at.</summary>
    private static readonly string MetaRows =
        $"select name as Name, value as Value, number as Number from meta where name in ('version', 'definitions', {StoreMarks.Names})";

    /// <summary>So long others may make or change the tables.</summary>
    private static readonly TimeSpan PatienceForOthers = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.5);

    private readonly RelationalDatabase database;
    private readonly Func<StoreSession, RelationalStore> within;
    private readonly StoreMarks marks;
    private readonly StoreKey key;
    private readonly DatabaseRunFiles files;
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
        : this(new RelationalDatabase(address, vault), address, folder, scope, vault)
    {
    }

    private RelationalStore(RelationalDatabase database, DatabaseAddress address, string folder, StoreScope scope, IVault? vault)
    {
        this.database = database;
        within = session => new RelationalStore(new RehearsedDatabase(address, vault, session), address, folder, scope, vault);
        marks = new StoreMarks(database);
        Clock = new DatabaseClock(database);
        files = new DatabaseRunFiles(database, Path.Combine(folder, "runs"), () => GetOption().FilesPath);
        Runners = new DatabaseRunnerRegistry(database);
        Places = new DatabasePlaces(database, Clock);
        key = new StoreKey(database, Path.Combine(folder, "store"), scope);
        Secrets = new StoreSecrets(key, this.IdentityNamed, TokenCache.Shared, vault);
        connections = new(database, marks, connection => connection.Name);
        mailServers = new(database, marks, server => server.Name);
        identities = new(database, marks, identity => identity.Name);
        themes = new(database, marks, theme => theme.Name);
        keys = new(database, marks, key => key.Name);
    }

    public string Address => database.Address;

    public bool IsThere => Formats().Found > 0;

    public TimeProvider Clock { get; }

    public IRunFiles Files => files;

    public IRunnerRegistry Runners { get; }

    public IStoreSecrets Secrets { get; }

    public ISharedPlaces Places { get; }

    public INamedRecords<ReportConnection> Connections => connections;

    public INamedRecords<ReportMailServer> MailServers => mailServers;

    public INamedRecords<ReportIdentity> Identities => identities;

    public INamedRecords<ReportTheme> Themes => themes;

    public INamedRecords<ReportSchedulerKey> Keys => keys;

    /// <summary>How far the database's clock is ahead of this computer's.</summary>
    public TimeSpan ClockOffset => Clock.GetUtcNow() - TimeProvider.System.GetUtcNow();

    // a newer format is noticed here too: whoever asks stops then
    public long DefinitionVersion => database.Once(session => Looked(session.Query<MetaRow>(MetaRows)));

    /// <summary>Where this computer has the key of the passwords.</summary>
    public string KeyPath => key.Path;

    /// <summary>Makes the tables, and the key of the passwords on this computer.</summary>
    /// <param name="onWait">Is told who else makes or changes the tables, again and again while that is waited for.</param>
    /// <exception cref="ReportException">StoreInTheMaking.</exception>
    public void Make(Action<string>? onWait = null)
    {
        Update(onWait);
        key.Ensure();
    }

    /// <summary>Brings the tables to the newest format.</summary>
    /// <inheritdoc cref="Make"/>
    public void Update(Action<string>? onWait = null)
    {
        var began = Stopwatch.GetTimestamp();
        while (database.Unchecked(connection => RelationalSchema.TryBring(connection, database.Sql, Address)) is { } other)
        {
            if (Stopwatch.GetElapsedTime(began) > PatienceForOthers)
            {
                throw RelationalErrors.StoreInTheMaking(Address, other, PatienceForOthers);
            }

            onWait?.Invoke(other);
            StoreStop.Pause(BetweenLooks);
        }
    }

    /// <summary>The format of the tables, 0 for none, and the one that this version knows.</summary>
    public (int Found, int Newest) Formats() => (
        database.Unchecked(connection => RelationalSchema.Version(new StoreSession(connection, null, database.Sql), Address)),
        RelationalSchema.Newest);

    public void CheckReady()
    {
        database.Once(session =>
        {
            marks.Check(session);
            return true;
        });
        key.Check();
    }

    /// <summary>Does nothing where the user of the store may do in each of its tables what the store does.</summary>
    /// <exception cref="ReportException">StoreDenied, with the server's words.</exception>
    public void CheckRights() => database.Once(session => session.Execute(string.Join(";\n", RelationalSchema.Tables.SelectMany(table =>
        (string[])[$"insert into {table.Name} select * from {table.Name} where 1 = 0",
            $"update {table.Name} set {table.Key} = {table.Key} where 1 = 0", $"delete from {table.Name} where 1 = 0"]))));

    /// <exception cref="ReportException">StoreStatementsShort.</exception>
    public void CheckStatements() => database.Once(session =>
        session.Sql.StatementLimit is { } ask && session.Scalar<long>(ask) is < StatementSize.Needed and var limit
            ? throw RelationalErrors.StoreStatementsShort(Address, limit) : true);

    /// <summary>Which key the passwords are protected with.</summary>
    public StoreKey Key => key;

    /// <summary>What becomes of the store when the database server is lost, in words.</summary>
    public string DescribeReplication() => database.Once(session =>
    {
        var found = session.Sql.ReplicationOf(text => session.Query<string?>(text));
        return found.NotKept is var (setting, remedy) ? throw RelationalErrors.StoreCommitsNotKept(Address, setting, remedy)
            : !found.HasReplica ? "The database has no replica: if its server is lost, only a backup remains."
            : found.IsHidden ? "The user of the store may not see how far the replicas of the database are; ask its administrator."
            : found.IsAhead ? "A replica has every change before it counts."
            : throw RelationalErrors.StoreReplicaBehind(Address, found.Remedy);
    });

    public ReportSchedulerOption GetOption() =>
        OptionOf(database.Definitions.Get("option", () => database.Once(session => session.Find(OptionRow))));

    public void SetOption(ReportSchedulerOption option) => database.Change(session =>
    {
        marks.Check(session);
        session.Upsert("meta", ["name"], new RowSet().With("name", "option").With("value", RecordJson.Write(option)));
        return session.NewDefinitions();
    });

    public ReportSchedulerOption ChangeOption(Action<ReportSchedulerOption> change) => database.Change(session =>
    {
        marks.Check(session);
        // a row that is to be locked has to be there
        session.InsertNew("meta", "name",
            new RowSet().With("name", "option").With("value", RecordJson.Write(new ReportSchedulerOption())));
        var option = OptionOf(session.Find(
            $"select value from meta{session.Sql.LockHint(skip: false)} where name = 'option' {session.Sql.Lock(skip: false)}"));
        change(option);
        session.Execute("update meta set value = @Record where name = 'option'", new { Record = RecordJson.Write(option) });
        session.NewDefinitions();
        return option;
    });

    public IReadOnlyList<UnreadableRecord> GetUnreadable() =>
        [.. UnreadableTasks(), .. connections.Unreadable(), .. mailServers.Unreadable(), .. identities.Unreadable(), .. themes.Unreadable(),
            .. keys.Unreadable()];

    public void CopyTo(string path) => throw RelationalErrors.StoreHasNoFile(Address);

    /// <summary>Looks at the store as a whole, for whoever is to change it.</summary>
    /// <returns>The number of the definitions.</returns>
    /// <exception cref="ReportException">StoreMoved, StoreUnfinished, StoreTooNew or StoreTooOld.</exception>
    private long Looked(IEnumerable<MetaRow> rows)
    {
        var all = rows.ToDictionary(row => row.Name, StringComparer.Ordinal);
        database.CheckVersion(int.Parse(all["version"].Value!, CultureInfo.InvariantCulture));
        marks.Check(name => all.GetValueOrDefault(name)?.Value);
        var definitions = all["definitions"].Number!.Value;
        database.Definitions.Say(definitions);
        return definitions;
    }

    private static ReportSchedulerOption OptionOf(string? json) => json is null ? new ReportSchedulerOption()
        : RecordJson.TryRead<ReportSchedulerOption>(json, out var option, out var problem) ? option
        : throw StoreErrors.RecordNotReadable("ReportSchedulerOption", "option", problem);

    private sealed record MetaRow(string Name, string? Value, long? Number);
}
