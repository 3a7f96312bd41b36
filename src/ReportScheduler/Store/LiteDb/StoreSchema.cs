using LiteDB;

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

    private const int Version = 1;
    private const string Document = "schema";
    private const string DefinitionsDocument = "definitions";
    private const string MarkPrefix = "mark:";

    public static void Create(LiteDatabase database)
    {
        database.GetCollection(Tasks).EnsureIndex(NameKey, unique: true);
        database.GetCollection(TaskStates).EnsureIndex(WakeAt);
        var runs = database.GetCollection(Runs);
        runs.EnsureIndex(OnceKey, unique: true);
        runs.EnsureIndex(TaskKey);
        runs.EnsureIndex(SortAt);
        runs.EnsureIndex(OpenKey);
        RunsToTake(database);
        var deliveries = database.GetCollection(Deliveries);
        deliveries.EnsureIndex(RunId);
        deliveries.EnsureIndex(TryAt);
        database.GetCollection(Meta).Insert(new BsonDocument { ["_id"] = Document, ["Version"] = Version });
    }

    /// <summary>The runs, with the indexes that stores of the first versions get when they are first asked for one.</summary>
    public static ILiteCollection<BsonDocument> RunsToTake(LiteDatabase database)
    {
        var runs = database.GetCollection(Runs);
        runs.EnsureIndex(WaitAt);
        runs.EnsureIndex(Owner);
        return runs;
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
            meta.Upsert(new BsonDocument { ["_id"] = MarkPrefix + mark, ["Address"] = address });
        }
    }

    /// <exception cref="ReportException">StoreTooNew, or StoreNotReadable for a LiteDB file of something else.</exception>
    public static void Check(LiteDatabase database, string path)
    {
        if (database.GetCollection(Meta).FindById(Document)?["Version"] is not { IsInt32: true } found)
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
