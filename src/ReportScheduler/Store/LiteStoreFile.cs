using System.Diagnostics;
using LiteDB;

namespace ReportScheduler.Store;

/// <summary>The LiteDB file, open for one operation at a time under the store's lock.</summary>
internal sealed class LiteStoreFile(string path, StoreScope scope, bool isMadeByReading)
{
    // LiteDB waits for ever when the disk becomes full within a transaction; an ordinary one takes less than half of this
    private const long OrdinarySpace = 2 << 20;
    private const int PageSize = 8192;
    private const int MarkAt = 32;

    // a store that vanishes while a runner works was on a disk that comes back: no empty one is made in its place
    private volatile bool wasThere;

    private static ReadOnlySpan<byte> Mark => "** This is a LiteDB file **"u8;

    /// <summary>Runs <paramref name="work"/> in one transaction, which is on the disk when this returns.</summary>
    /// <param name="work">What to do. Anything it throws undoes it.</param>
    /// <param name="before">What to do under the lock before the transaction, such as renewing the stamp.</param>
    public T Change<T>(Func<LiteDatabase, T> work, Action? before = null) => Guarded(() =>
    {
        Require(0);
        before?.Invoke();
        using var database = Open();
        database.BeginTrans();
        T result;
        try
        {
            result = work(database);
        }
        catch
        {
            database.Rollback();
            throw;
        }
        database.Commit();
        // by itself LiteDB does this when it is closed, and keeps quiet about what goes wrong
        database.Checkpoint();
        return result;
    });

    /// <summary>Runs <paramref name="work"/>; where there is no store and reading makes none, on an empty one in memory.</summary>
    public T Read<T>(Func<LiteDatabase, T> work)
    {
        if (isMadeByReading || wasThere || !StoreFile.IsMissing(path))
        {
            return Guarded(() =>
            {
                using var database = Open();
                return work(database);
            });
        }

        using var none = new LiteDatabase(new MemoryStream());
        StoreSchema.Create(none);
        return work(none);
    }

    /// <summary>Runs <paramref name="work"/> while nobody has the file open and everything is in it.</summary>
    public void WhileClosed(Action work) => Guarded(() =>
    {
        Open().Dispose();
        work();
        return true;
    });

    /// <summary>Asks the disk for room beyond that of an ordinary change.</summary>
    /// <param name="bytes">At least what the change writes twice: to the log and to the file.</param>
    public void Require(long bytes)
    {
        if (new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace < OrdinarySpace + bytes)
            throw ReportError.StoreDiskFull(path, null);
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            if (!wasThere)
                StoreFolder.Create(path, scope);
            using var held = StoreLock.Take(path, LiteReportStore.Patience);
            return work();
        }
        catch (UnauthorizedAccessException denied)
        {
            throw File.Exists(path) && new FileInfo(path).IsReadOnly
                ? ReportError.StoreReadOnly(path, denied)
                : ReportError.StoreDenied(path, denied);
        }
        // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL; ENOSPC, EDQUOT; EROFS
        catch (IOException full) when (full.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027) or 28 or 122)
        {
            throw ReportError.StoreDiskFull(path, full);
        }
        catch (IOException readOnly) when (readOnly.HResult is 30)
        {
            throw ReportError.StoreReadOnly(path, readOnly);
        }
        catch (IOException unreachable)
        {
            throw ReportError.StoreUnreachable(path, unreachable);
        }
        // on damaged pages LiteDB's code comes to exceptions of many kinds
        catch (Exception broken) when (broken is LiteException or InvalidDataException || IsOfLiteDB(broken))
        {
            throw ReportError.StoreNotReadable(path, broken);
        }
        catch (Exception own) when (own is not ReportException)
        {
            throw ReportError.StoreUnexpected(path, own);
        }
    }

    // what the runtime throws is the fault of the code that called it
    private static bool IsOfLiteDB(Exception problem) =>
        new StackTrace(problem).GetFrames().Select(frame => frame.GetMethod()?.Module.Assembly)
            .FirstOrDefault(code => code == typeof(LiteDatabase).Assembly || code == typeof(LiteStoreFile).Assembly) == typeof(LiteDatabase).Assembly;

    private LiteDatabase Open()
    {
        if (!File.Exists(path) && wasThere)
            throw new FileNotFoundException("It was there and is gone. Put it back, or start again for an empty one.");
        else if (!File.Exists(path))
            Create();
        else if (!LooksLikeStore())
            throw ReportError.StoreNotReadable(path, null);
        var database = OpenFile(path);
        try
        {
            StoreSchema.Check(database, path);
            wasThere = true;
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    // made beside and renamed, so that a store file is whole or not there
    private void Create()
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        File.Delete(LogOf(fresh));
        PrivateFile.Open(fresh, FileMode.CreateNew, FileShare.None).Dispose();
        using (var database = OpenFile(fresh))
            StoreSchema.Create(database);
        File.Move(fresh, path);
    }

    // LiteDB makes a new database of a file shorter than a page, whatever is in it
    private bool LooksLikeStore()
    {
        using var start = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
        Span<byte> page = stackalloc byte[MarkAt + Mark.Length];
        return start.Length >= PageSize && start.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) == page.Length
            && page[MarkAt..].SequenceEqual(Mark);
    }

    private static LiteDatabase OpenFile(string file)
    {
        // LiteDB makes its log with the rights of the umask
        PrivateFile.Open(LogOf(file), FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
        return new LiteDatabase(new ConnectionString
        {
            Filename = file,
            Connection = ConnectionType.Direct,
            Collation = Collation.Binary,
        });
    }

    public static string LogOf(string file) =>
        Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file) + "-log" + Path.GetExtension(file));
}
