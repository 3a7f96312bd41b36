using LiteDB;
using LiteDB.Engine;
using ReportScheduler.Files;

namespace ReportScheduler.Store.LiteDb;

/// <summary>A store file that is open for one operation. Nothing is written before <see cref="Save"/>.</summary>
internal sealed class StoreOperation : IDisposable
{
    private readonly string path;
    private readonly FileStream file;
    private readonly StorePages pages;
    private readonly StoreLog log;
    private readonly LiteEngine engine;
    private readonly long logged;

    private StoreOperation(string path, FileStream file, StackUse stack)
    {
        (this.path, this.file) = (path, file);
        (pages, log) = (new StorePages(file, stack), new StoreLog(stack));
        logged = ReadLog();
        engine = NewEngine(pages, log);
        Database = new LiteDatabase(engine, null, disposeOnClose: false);
    }

    public LiteDatabase Database { get; }

    /// <param name="path">The store file.</param>
    /// <param name="stack">What reading may use; null for what is usual, counted from here on.</param>
    public static StoreOperation Open(string path, StackUse? stack = null)
    {
        // .NET's own locks stay out of it: the store's lock is the lock
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
        try
        {
            return new StoreOperation(path, file, stack ?? StackUse.Begin());
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of a new store.</summary>
    public static byte[] NewFile()
    {
        using var bytes = new MemoryStream();
        using (var engine = NewEngine(bytes, new MemoryStream()))
        using (var database = new LiteDatabase(engine, null, disposeOnClose: false))
        {
            StoreSchema.Create(database);
            database.Checkpoint();
        }

        return bytes.ToArray();
    }

    /// <summary>A new store in memory.</summary>
    public static LiteDatabase NewDatabase()
    {
        var database = new LiteDatabase(NewEngine(new MemoryStream(), new MemoryStream()), null);
        StoreSchema.Create(database);
        return database;
    }

    public static string LogOf(string file) =>
        Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file) + "-log" + Path.GetExtension(file));

    /// <summary>Writes what was committed: it is on the disk, whole, when this returns.</summary>
    /// <remarks>First the log, from which the next operation of any process goes on if
    /// this one dies, or has no room, within the pages.</remarks>
    /// <exception cref="IOException">Nothing was written.</exception>
    /// <exception cref="InvalidDataException">Nothing was written: the store is damaged.</exception>
    public void Save(StoreReserve reserve)
    {
        Database.Checkpoint();
        if (log.Copied is not { } copied)
        {
            return;
        }

        pages.Check();
        WithReserve(reserve, copied.Length - logged, () => WriteLog(copied));
        try
        {
            WithReserve(reserve, pages.ChangedBytes, () => pages.WriteTo(file));
        }
        catch (IOException full) when (DiskSpace.IsUsedUp(full))
        {
            return;
        }

        File.Delete(LogOf(path));
        reserve.Refill();
    }

    public void Dispose()
    {
        LiteTransactions.SuppressFinalizers(engine);
        engine.Dispose();
        file.Dispose();
    }

    private static LiteEngine NewEngine(Stream data, Stream log) => new(new EngineSettings
    {
        DataStream = data,
        LogStream = log,
        TempStream = new MemoryStream(),
        Collation = Collation.Binary,
    });

    private static void WithReserve(StoreReserve reserve, long bytes, Action write)
    {
        while (true)
        {
            try
            {
                write();
                return;
            }
            catch (IOException full) when (DiskSpace.IsUsedUp(full) && reserve.GiveUp(bytes))
            {
            }
        }
    }

    // a page that is not whole was being written when a process died
    private long ReadLog()
    {
        if (PrivateFile.IsMissing(LogOf(path)))
        {
            return 0;
        }

        using var kept = new FileStream(LogOf(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        kept.CopyTo(log);
        log.SetLength(log.Length / StorePages.PageSize * StorePages.PageSize);
        return log.Length;
    }

    private void WriteLog(byte[] copied)
    {
        using var kept = PrivateFile.Open(LogOf(path), FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            RandomAccess.Write(kept.SafeFileHandle, copied.AsSpan((int)logged), logged);
            kept.SetLength(copied.Length);
            kept.Flush(flushToDisk: true);
        }
        catch
        {
            kept.SetLength(logged);
            throw;
        }
    }
}
