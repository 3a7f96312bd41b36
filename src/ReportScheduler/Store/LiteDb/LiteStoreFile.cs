using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using LiteDB;
using ReportScheduler.Files;

namespace ReportScheduler.Store.LiteDb;

/// <summary>The LiteDB file, open for one operation at a time under the store's lock.</summary>
internal class LiteStoreFile(string path, StoreScope scope, bool isMadeByReading)
{
    public const string MeterName = "ReportScheduler.Store";

    /// <summary>Which store was opened.</summary>
    public const string PathTag = "report_scheduler.store";

    private const int MarkAt = 32;

    /// <summary>Two changes within the smallest step of a file system's clock show one time.</summary>
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(3);

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Opens = Meter.CreateCounter<long>(
        "report_scheduler.store.opens", "{open}", "How often the file of the store was opened.");

    private readonly StoreReserve reserve = new(path);

    // a store that vanishes while a runner works was on a disk that comes back: no empty one is made in its place
    private volatile bool wasThere;

    private volatile string? filledFrom;

    private long definitions;

    /// <summary>The number of the definitions in the file when it was last opened.</summary>
    public long Definitions => Interlocked.Read(ref definitions);

    /// <summary>What was being copied into the store when it was last opened; null for nothing.</summary>
    public string? FilledFrom => filledFrom;

    /// <summary>What this object copies into the store; null for nothing.</summary>
    public string? Fills { get; set; }

    private static ReadOnlySpan<byte> Mark => "** This is a LiteDB file **"u8;

    /// <summary>Runs <paramref name="work"/> in one transaction, which is on the disk when this returns.</summary>
    /// <param name="work">What to do. Anything it throws undoes it.</param>
    /// <param name="renew">Renews the stamp of the definitions, under the lock before the transaction, and gives its number,
    /// which is kept in the file too; null where the work changes none.</param>
    /// <param name="evenMoved">Whether it is done in a store that was moved too.</param>
    public virtual T Change<T>(Func<LiteDatabase, T> work, Func<long>? renew = null, bool evenMoved = false) => Guarded(held =>
    {
        using var operation = Open(held);
        if (!evenMoved)
        {
            StoreMarkRules.Check(path, StoreSchema.ReadMark(operation.Database, StoreMark.MovedTo),
                () => StoreSchema.ReadMark(operation.Database, StoreMark.MovingTo) is not null, FilledFrom, Fills);
        }

        var number = renew?.Invoke();
        operation.Database.BeginTrans();
        var result = work(operation.Database);
        if (number is { } changed)
        {
            StoreSchema.WriteDefinitions(operation.Database, changed);
        }

        operation.Database.Commit();
        held.Check();
        operation.Save(reserve);
        return result;
    });

    /// <summary>Runs <paramref name="work"/>; where there is no store and reading makes none, on an empty one in memory.</summary>
    public virtual T Read<T>(Func<LiteDatabase, T> work)
    {
        if (isMadeByReading || wasThere || !PrivateFile.IsMissing(path))
        {
            return Guarded(held =>
            {
                using var operation = Open(held);
                return work(operation.Database);
            });
        }

        using var none = StoreOperation.NewDatabase();
        return work(none);
    }

    /// <summary>A number that is another one after the file was changed; null while that cannot be told.</summary>
    public long? Changes
    {
        get
        {
            var known = new FileInfo(path);
            return known.Exists && !File.Exists(StoreOperation.LogOf(path))
                && (TimeProvider.System.GetUtcNow() - new DateTimeOffset(known.LastWriteTimeUtc)).Duration() > ClockStep
                ? unchecked((known.LastWriteTimeUtc.Ticks * 31) + known.Length)
                : null;
        }
    }

    /// <summary>Does nothing where the file can be locked, opened and written.</summary>
    public void Try() => Guarded(held =>
    {
        if (File.Exists(path) && !LooksLikeStore())
        {
            throw LiteDbErrors.StoreNotReadable(path, null);
        }

        if (File.Exists(path) || wasThere)
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0).Dispose();
        }

        held.Check();
        return true;
    });

    /// <summary>Runs <paramref name="work"/> while nobody has the file open and everything is in it.</summary>
    public void WhileClosed(Action work) => Guarded(held =>
    {
        using (var operation = Open(held))
        {
            held.Check();
            operation.Save(reserve);
        }

        work();
        return true;
    });

    private T Guarded<T>(Func<StoreLock, T> work)
    {
        try
        {
            if (!wasThere)
            {
                MakeFolder();
            }

            using var held = StoreLock.Take(path, StoreLock.Patience);
            return work(held);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw File.Exists(path) && new FileInfo(path).IsReadOnly
                ? LiteDbErrors.StoreReadOnly(path, denied)
                : LiteDbErrors.StoreDenied(path, denied);
        }
        catch (IOException full) when (DiskSpace.IsUsedUp(full))
        {
            throw LiteDbErrors.StoreDiskFull(path, full);
        }
        // EROFS
        catch (IOException readOnly) when (readOnly.HResult is 30)
        {
            throw LiteDbErrors.StoreReadOnly(path, readOnly);
        }
        catch (IOException unreachable)
        {
            throw FileErrors.StoreUnreachable(path, unreachable);
        }
        // of what was to be written, and not of what is there
        catch (EncoderFallbackException unwritable)
        {
            throw LiteDbErrors.StoreUnexpected(path, unwritable);
        }
        catch (LiteException large) when (large.Message.StartsWith("Document size", StringComparison.Ordinal))
        {
            throw LiteDbErrors.StoreValueTooLarge(path);
        }
        // on damaged pages LiteDB's code comes to exceptions of many kinds
        catch (Exception broken) when (broken is LiteException or InvalidDataException || IsOfLiteDB(broken))
        {
            throw LiteDbErrors.StoreNotReadable(path, broken);
        }
        catch (Exception own) when (own is not ReportException)
        {
            throw LiteDbErrors.StoreUnexpected(path, own);
        }
    }

    private void MakeFolder()
    {
        try
        {
            StoreFolder.Create(path, scope);
        }
        // EROFS has its own words
        catch (IOException problem) when (problem.HResult is not 30 && !DiskSpace.IsUsedUp(problem))
        {
            throw FileErrors.StoreUnreachable(path, Path.GetDirectoryName(path)!, problem);
        }
    }

    // what the runtime throws is the fault of the code that called it
    private static bool IsOfLiteDB(Exception problem) =>
        new StackTrace(problem).GetFrames().Select(frame => frame.GetMethod()?.Module.Assembly)
            .FirstOrDefault(code => code == typeof(LiteDatabase).Assembly || code == typeof(LiteStoreFile).Assembly)
            == typeof(LiteDatabase).Assembly;

    private StoreOperation Open(StoreLock held)
    {
        if (!File.Exists(path) && wasThere)
        {
            throw new FileNotFoundException("It was there and is gone. Put it back, or start again for an empty one.");
        }
        else if (!File.Exists(path))
        {
            Create();
        }
        else if (!LooksLikeStore())
        {
            throw LiteDbErrors.StoreNotReadable(path, null);
        }

        Opens.Add(1, new KeyValuePair<string, object?>(PathTag, path));
        var operation = StoreOperation.Open(path);
        try
        {
            StoreSchema.Check(operation.Database, path);
            if (StoreSchema.BringUp(operation.Database))
            {
                held.Check();
                operation.Save(reserve);
            }

            Interlocked.Exchange(ref definitions, StoreSchema.ReadDefinitions(operation.Database));
            filledFrom = StoreSchema.ReadMark(operation.Database, StoreMark.CopiedFrom);
            wasThere = true;
            return operation;
        }
        catch
        {
            operation.Dispose();
            throw;
        }
    }

    // made beside and renamed, so that a store file is whole or not there
    private void Create()
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var file = PrivateFile.Open(fresh, FileMode.CreateNew, FileShare.None))
        {
            file.Write(StoreOperation.NewFile());
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path);
    }

    // LiteDB makes a new database of a file shorter than a page, whatever is in it
    private bool LooksLikeStore()
    {
        using var start = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        Span<byte> page = stackalloc byte[MarkAt + Mark.Length];
        return start.Length >= StorePages.PageSize && start.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) == page.Length
            && page[MarkAt..].SequenceEqual(Mark);
    }
}
