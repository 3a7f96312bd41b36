using ReportScheduler.Files;
using ReportScheduler.Secrets;

namespace ReportScheduler.Store.LiteDb;

/// <summary>A folder with a consistent copy of a store, the messages and files that
/// wait in it, and its key when that was asked for.</summary>
internal static class StoreBackup
{
    public const string StoreName = "reports.db";
    public const string KeyName = "reports.key";
    public const string RunsName = "runs";

    /// <param name="store">The store.</param>
    /// <param name="folder">A folder that is missing or empty.</param>
    /// <param name="includeKeys">Whether the key goes along; whoever has both can read the passwords.</param>
    public static void Write(IReportStore store, string folder, bool includeKeys)
    {
        Fill(folder, path =>
        {
            store.CopyTo(path);
            WaitingFiles.Save(path, store.Files.Folder, Path.Combine(folder, RunsName));
            KeptResults.Copy(store, store.Files, new LocalRunFiles(Path.Combine(folder, RunsName)));
            if (includeKeys && File.Exists(SecretKey.PathFor(store.Address)))
            {
                PrivateFile.Copy(SecretKey.PathFor(store.Address), Path.Combine(folder, KeyName));
            }
        });
    }

    /// <summary>Fills the folder of a backup. The store in it gets its name last: what was cut off is no backup.</summary>
    /// <param name="folder">A folder that is missing or empty; it is so again when this fails.</param>
    /// <param name="fill">Makes all of it, the store at the path that it is given.</param>
    public static void Fill(string folder, Action<string> fill)
    {
        CheckFree(folder);
        var unfinished = Path.Combine(folder, StoreName + ".unfinished");
        var isWhole = false;
        try
        {
            PrivateFile.CreateFolder(folder);
            fill(unfinished);
            RemoveTraces(unfinished);
            File.Move(unfinished, Path.Combine(folder, StoreName));
            isWhole = true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw LiteDbErrors.BackupFailed(folder, problem);
        }
        finally
        {
            if (!isWhole)
            {
                LocalRunFiles.Delete(folder);
            }
        }
    }

    /// <exception cref="ReportException">The folder is not empty.</exception>
    private static void CheckFree(string folder)
    {
        if (Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Any() : File.Exists(folder))
        {
            throw LiteDbErrors.BackupExists(folder);
        }
    }

    /// <summary>Removes what stands beside a store file while it is used.</summary>
    private static void RemoveTraces(string path)
    {
        foreach (var left in new[]
            { path + ".lock", LockQueue.PathFor(path), path + ".stamp", StoreOperation.LogOf(path), StoreReserve.PathFor(path) })
        {
            File.Delete(left);
        }
    }

    /// <exception cref="ReportException">The folder is no backup.</exception>
    public static void Check(string folder)
    {
        if (!File.Exists(Path.Combine(folder, StoreName)))
        {
            throw LiteDbErrors.BackupNotFound(folder);
        }
    }

    /// <summary>Puts a backup in the place of a store. What is there is kept aside and never overwritten.</summary>
    /// <param name="folder">A folder of <see cref="Write"/>.</param>
    /// <param name="storePath">The store file.</param>
    /// <param name="scope">Whose store it is.</param>
    /// <param name="now">Stands in the names of what is kept aside.</param>
    /// <returns>The paths of what was kept aside.</returns>
    public static IReadOnlyList<string> Restore(string folder, string storePath, StoreScope scope, DateTimeOffset now)
    {
        Check(folder);
        // a file that is not a store is found out before anything is touched, on a copy since opening may write
        StoreFolder.Create(storePath, scope);
        var fresh = storePath + ".restored";
        try
        {
            File.Delete(fresh);
            PrivateFile.Copy(Path.Combine(folder, StoreName), fresh);
            StoreDepth.Check(fresh, Path.Combine(folder, StoreName));
            new LiteReportStore(fresh, scope).GetTasks();
            using (var held = StoreLock.Take(storePath, StoreLock.Patience))
            {
                var aside = new List<string>();
                KeptResults.Copy(new LiteReportStore(fresh, scope), new LocalRunFiles(Path.Combine(folder, RunsName)),
                    new LocalRunFiles(Path.Combine(Path.GetDirectoryName(storePath)!, RunsName)));
                var mark = now.UtcDateTime.ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
                Replace(fresh, storePath, mark, aside);
                PutAside(StoreOperation.LogOf(storePath), mark, aside);
                WaitingFiles.BringBack(Path.Combine(folder, RunsName), Path.Combine(Path.GetDirectoryName(storePath)!, RunsName),
                    held.GetsOn);
                if (File.Exists(Path.Combine(folder, KeyName)))
                {
                    StoreFolder.CreatePrivate(Path.GetDirectoryName(SecretKey.PathFor(storePath))!, scope);
                    var freshKey = SecretKey.PathFor(storePath) + ".restored";
                    PrivateFile.Copy(Path.Combine(folder, KeyName), freshKey);
                    Replace(freshKey, SecretKey.PathFor(storePath), mark, aside);
                }

                new DefinitionStamp(storePath).Renew();
                return aside;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw LiteDbErrors.RestoreFailed(storePath, problem);
        }
        finally
        {
            File.Delete(fresh);
            RemoveTraces(fresh);
        }
    }

    private static void Replace(string fresh, string path, string mark, List<string> aside)
    {
        PutAside(path, mark, aside);
        File.Move(fresh, path);
    }

    private static void PutAside(string path, string mark, List<string> aside)
    {
        if (!File.Exists(path))
        {
            return;
        }

        var kept = $"{path}.{mark}.old";
        File.Move(path, kept);
        aside.Add(kept);
    }
}
