using LiteDB;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Documents with the fields that indexes need.</summary>
internal static class StoreRecords
{
    /// <returns>False for a document that this version cannot read; then <paramref name="problem"/> says why.</returns>
    public static bool TryRead<T>(BsonDocument document, out T model, out string problem)
        where T : class
    {
        try
        {
            model = StoreMapper.Read<T>(document);
            problem = "";
            return true;
        }
        catch (Exception damaged) when (damaged is LiteException or InvalidCastException or FormatException or ArgumentException
            or InvalidDataException or KeyNotFoundException or IndexOutOfRangeException or OverflowException or NullReferenceException)
        {
            model = null!;
            problem = damaged.Message;
            return false;
        }
    }

    /// <inheritdoc cref="TryRead"/>
    public static bool TryReadRun(BsonDocument document, out ReportRun run, out string problem)
    {
        if (!TryRead(document, out run, out problem))
        {
            return false;
        }

        problem = RunPaths.IsId(run.Id) ? "" : $"its id '{run.Id}' cannot be the name of a folder";
        return problem.Length == 0;
    }

    public static BsonDocument Write(ReportRun run)
    {
        var document = StoreMapper.Write(run);
        document[StoreSchema.OnceKey] = StoreKeys.OnceKey(run);
        document[StoreSchema.SortAt] = StoreKeys.SortAt(run);
        document[StoreSchema.TaskKey] = TaskKey(run.TaskId, run.StartedAt ?? run.DueAt);
        if (!run.IsFinal)
        {
            document[StoreSchema.OpenKey] = run.TaskId;
        }

        if (StoreKeys.WaitAt(run) is { } wait)
        {
            document[StoreSchema.WaitAt] = wait;
        }

        return document;
    }

    public static BsonDocument Write(ReportDelivery delivery)
    {
        var document = StoreMapper.Write(delivery);
        document[StoreSchema.TryAt] = StoreKeys.TryAt(delivery) is { } next ? next : BsonValue.Null;
        return document;
    }

    public static string TaskKey(string taskId, DateTimeOffset at) => $"{taskId}\n{at.UtcTicks:D19}";
}
