using LiteDB;
using ReportScheduler.Text;

namespace ReportScheduler.Store.LiteDb;

/// <summary>The collections, fields and indexes of a store, and the number of that format in <c>meta</c>.</summary>
internal static class StoreSchema
{
    public const string Tasks = "tasks";
    public const string TaskStates = "taskStates";
    public const string Connections = "connections";
    public const string MailServers = "mailServers";
    public const string Identities = "identities";
    public const string Themes = "themes";
    public const string Keys = "keys";
    public const string Runs = "runs";
    public const string Deliveries = "deliveries";
    public const string Meta = "meta";

    /// <summary>What is good once: signatures, and keys of requests.</summary>
    public const string Once = "once";

    /// <summary>The name of a task in upper case.</summary>
    public const string NameKey = "NameKey";

    /// <summary>When the runner has to look at a task: the next due time, or null while it is disabled or paused.</summary>
    public const string WakeAt = "WakeAt";

    /// <summary>Task and due instant of a Schedule run, else the run's id.</summary>
    public const string OnceKey = "OnceKey";

    /// <summary>Task and start of a run.</summary>
    public const string TaskKey = "TaskKey";

    /// <summary>Start of a run, or the due time of one that never started.</summary>
    public const string SortAt = "SortAt";

    /// <summary>The task of a run that is not final.</summary>
    public const string OpenKey = "OpenKey";

    /// <summary>The due time of a run that waits for a runner.</summary>
    public const string WaitAt = "WaitAt";

    /// <summary>Who works on a run.</summary>
    public const string Owner = nameof(ReportRun.Owner);

    /// <summary>The run of a delivery.</summary>
    public const string RunId = "RunId";

    /// <summary>When a pending delivery is tried next.</summary>
    public const string TryAt = "TryAt";

    private const int Version = 2;
    private const string Document = "schema";
    private const string DefinitionsDocument = "definitions";
    private const string MarkPrefix = "mark:";
    private const string VersionField = "Version";

    // most runs are over, and the index of such a field has only those that have it
    private static readonly string[] OfOpenRuns = [OpenKey, WaitAt, Owner];

    public static void Create(LiteDatabase database)
    {
        database.GetCollection(Tasks).EnsureIndex(NameKey, unique: true);
        var runs = database.GetCollection(Runs);
        runs.EnsureIndex(OnceKey, unique: true);
        runs.EnsureIndex(TaskKey);
        runs.EnsureIndex(SortAt);
        MakeSparse(database);
        var deliveries = database.GetCollection(Deliveries);
        deliveries.EnsureIndex(RunId);
        deliveries.EnsureIndex(TryAt);
    }

    /// <summary>Whether the index of a field has no entry for a document without it.</summary>
    public static bool IsSparse(string field) => field == WakeAt || OfOpenRuns.Contains(field);

    /// <summary>What the index of a sparse field has of a document: LiteDB has one entry for each value.</summary>
    public static string Indexed(string field) => $"FILTER(ITEMS($.{field})=>@!=null)";

    /// <summary>Makes a store of an older version one of this version.</summary>
    /// <returns>Whether it was one.</returns>
    public static bool BringUp(LiteDatabase database)
    {
        if (database.GetCollection(Meta).FindById(Document)[VersionField].AsInt32 == Version)
        {
            return false;
        }

        database.BeginTrans();
        database.GetCollection(TaskStates).DropIndex(WakeAt);
        foreach (var field in OfOpenRuns)
        {
            database.GetCollection(Runs).DropIndex(field);
        }

        MakeSparse(database);
        return database.Commit();
    }

    private static void MakeSparse(LiteDatabase database)
    {
        database.GetCollection(TaskStates).EnsureIndex(WakeAt, Indexed(WakeAt));
        foreach (var field in OfOpenRuns)
        {
            database.GetCollection(Runs).EnsureIndex(field, Indexed(field));
        }

        database.GetCollection(Meta).Upsert(new BsonDocument { ["_id"] = Document, [VersionField] = Version });
    }

    /// <summary>A number that is another one after a definition changed; 0 in a store whose definitions older versions wrote.</summary>
    public static long ReadDefinitions(LiteDatabase database) =>
        database.GetCollection(Meta).FindById(DefinitionsDocument)?["Number"] is { IsInt64: true } number ? number.AsInt64 : 0;

    public static void WriteDefinitions(LiteDatabase database, long number) =>
        database.GetCollection(Meta).Upsert(new BsonDocument { ["_id"] = DefinitionsDocument, ["Number"] = number });

    public static string? ReadMark(LiteDatabase database, StoreMark mark) =>
        database.GetCollection(Meta).FindById(MarkPrefix + mark)?["Address"].AsString;

    public static void WriteMark(LiteDatabase database, StoreMark mark, string? address)
    {
        var meta = database.GetCollection(Meta);
        if (address is null)
        {
            meta.Delete(MarkPrefix + mark);
        }
        else
        {
            meta.Upsert(new BsonDocument { ["_id"] = MarkPrefix + mark, ["Address"] = WholeText.Of(address) });
        }
    }

    /// <exception cref="ReportException">StoreTooNew, or StoreNotReadable for a LiteDB file of something else.</exception>
    public static void Check(LiteDatabase database, string path)
    {
        if (database.GetCollection(Meta).FindById(Document)?[VersionField] is not { IsInt32: true } found)
        {
            throw LiteDbErrors.StoreNotReadable(path, null);
        }
        // those that a store has from its first moment on: one without them would look like an empty one
        if (new[] { Tasks, TaskStates, Runs, Deliveries }.Except(database.GetCollectionNames(), StringComparer.OrdinalIgnoreCase).Any())
        {
            throw LiteDbErrors.StoreNotReadable(path, null);
        }

        if (found.AsInt32 > Version)
        {
            throw LiteDbErrors.StoreTooNew(path, found.AsInt32, Version);
        }
    }
}
