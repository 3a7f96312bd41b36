using LiteDB;
using ReportScheduler.Files;
using ReportScheduler.Identities;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.LiteDb;

/// <summary>The store in one LiteDB file that several processes share.</summary>
internal sealed partial class LiteReportStore : IReportStore
{
    private readonly LiteStoreFile file;
    private readonly Func<LiteStoreFile, LiteReportStore> over;
    private readonly DefinitionStamp stamp;
    private readonly DefinitionCache cache;
    private readonly NamedRecords<ReportConnection> connections;
    private readonly NamedRecords<ReportMailServer> mailServers;
    private readonly NamedRecords<ReportIdentity> identities;
    private readonly NamedRecords<ReportTheme> themes;
    private readonly NamedRecords<ReportSchedulerKey> keys;

    /// <param name="path">The full path of the file.</param>
    /// <param name="scope">Whose store it is.</param>
    /// <param name="isMadeByReading">Whether a read makes the file where there is none; a change always does.</param>
    /// <param name="clock">The time; null for that of this computer.</param>
    /// <param name="vault">The vaults of the account; null where there are none.</param>
    public LiteReportStore(string path, StoreScope scope, bool isMadeByReading = true, TimeProvider? clock = null, IVault? vault = null)
        : this(new LiteStoreFile(path, scope, isMadeByReading), path, scope, clock, vault)
    {
    }

    private LiteReportStore(LiteStoreFile file, string path, StoreScope scope, TimeProvider? clock, IVault? vault)
    {
        this.file = file;
        over = other => new LiteReportStore(other, path, scope, clock, vault);
        Address = path;
        Clock = clock ?? TimeProvider.System;
        Files = new LocalRunFiles(Path.Combine(Path.GetDirectoryName(path)!, "runs"));
        Runners = new FileRunnerRegistry(path, Clock);
        Secrets = new StoreSecrets(new SecretProtector(new SecretKey(path, scope)), this.IdentityNamed, TokenCache.Shared, vault);
        stamp = new DefinitionStamp(path);
        cache = new DefinitionCache(stamp, () => file.Definitions);
        connections = new(file, stamp, cache, StoreSchema.Connections, connection => connection.Name);
        mailServers = new(file, stamp, cache, StoreSchema.MailServers, server => server.Name);
        identities = new(file, stamp, cache, StoreSchema.Identities, identity => identity.Name);
        themes = new(file, stamp, cache, StoreSchema.Themes, theme => theme.Name);
        keys = new(file, stamp, cache, StoreSchema.Keys, key => key.Name);
    }

    public string Address { get; }

    public bool IsThere => !PrivateFile.IsMissing(Address);

    public TimeProvider Clock { get; }

    public IRunFiles Files { get; }

    public IRunnerRegistry Runners { get; }

    public IStoreSecrets Secrets { get; }

    public INamedRecords<ReportConnection> Connections => connections;

    public INamedRecords<ReportMailServer> MailServers => mailServers;

    public INamedRecords<ReportIdentity> Identities => identities;

    public INamedRecords<ReportTheme> Themes => themes;

    public INamedRecords<ReportSchedulerKey> Keys => keys;

    public long DefinitionVersion => stamp.Read();

    public long? Changes => file.Changes;

    public void TryUse(string owner) => file.Try();

    public void CheckReady()
    {
    }

    public ReportSchedulerOption GetOption() =>
        OptionOf(cache.Get(StoreSchema.Meta, () => file.Read(database => Found(database, StoreSchema.Meta, "option"))));

    public void SetOption(ReportSchedulerOption option) => file.Change(database => Write(database, option), stamp.Renew);

    public ReportSchedulerOption ChangeOption(Action<ReportSchedulerOption> change) => file.Change(
        database =>
        {
            var option = ReadOption(database);
            change(option);
            Write(database, option);
            return option;
        },
        stamp.Renew);

    public IReadOnlyList<UnreadableRecord> GetUnreadable() =>
        [.. UnreadableTasks(), .. connections.Unreadable(), .. mailServers.Unreadable(), .. identities.Unreadable(), .. themes.Unreadable(),
            .. keys.Unreadable()];

    public void CopyTo(string path) => file.WhileClosed(() => PrivateFile.Copy(Address, path));

    private static bool Write(LiteDatabase database, ReportSchedulerOption option)
    {
        var document = StoreMapper.Write(option);
        document["_id"] = "option";
        return database.GetCollection(StoreSchema.Meta).Upsert(document);
    }

    private static ReportSchedulerOption ReadOption(LiteDatabase database) => OptionOf(Found(database, StoreSchema.Meta, "option"));

    private static ReportSchedulerOption OptionOf(IReadOnlyList<BsonDocument> found) =>
        found is [var document] ? StoreMapper.Read<ReportSchedulerOption>(document) : new ReportSchedulerOption();

    private static BsonDocument[] Found(LiteDatabase database, string collection, string id) =>
        database.GetCollection(collection).FindById(id) is { } document ? [document] : [];
}
