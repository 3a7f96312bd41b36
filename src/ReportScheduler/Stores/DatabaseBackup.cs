using ReportScheduler.Files;
using ReportScheduler.Secrets;
using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Stores;

/// <summary>A backup of a store in a database: the same folder as that of a store in a file, so that either can be restored
/// from it.</summary>
/// <remarks>
/// Runners may go on meanwhile. What is due next is copied before the runs, so that a run which comes between is found by its
/// due time after a restore and is not made again.
/// </remarks>
internal static class DatabaseBackup
{
    /// <param name="store">The store.</param>
    /// <param name="folder">A folder that is missing or empty.</param>
    /// <param name="includeKeys">Whether the key goes along; whoever has both can read the passwords.</param>
    /// <param name="onRuns">Is told how many runs were copied, and of how many.</param>
    public static void Write(RelationalStore store, string folder, bool includeKeys, Action<int, int>? onRuns = null)
    {
        StoreBackup.Fill(folder, path =>
        {
            // the passwords stay protected with the key of the store
            new ContentCopy(store, new LiteReportStore(path, StoreScope.User)) { OnRuns = onRuns }.Copy(text => text);
            if (includeKeys && File.Exists(store.KeyPath))
            {
                PrivateFile.Copy(store.KeyPath, Path.Combine(folder, StoreBackup.KeyName));
            }
        });
    }

    /// <summary>Copies a backup into an empty database; its tables are made where there are none.</summary>
    /// <param name="folder">The backup.</param>
    /// <param name="store">The store.</param>
    /// <param name="onRuns">Is told how many runs were copied, and of how many.</param>
    /// <returns>How many passwords cannot be read here, because the backup came without their key.</returns>
    /// <exception cref="ReportException">The folder is no backup, or StoreNotEmpty.</exception>
    public static int Restore(string folder, RelationalStore store, Action<int, int>? onRuns = null)
    {
        StoreBackup.Check(folder);
        var work = $"{store.Files.Folder}.{Guid.NewGuid():N}";
        try
        {
            var path = Path.Combine(work, StoreBackup.StoreName);
            PrivateFile.CreateFolder(work);
            PrivateFile.Copy(Path.Combine(folder, StoreBackup.StoreName), path);
            StoreDepth.Check(path, Path.Combine(folder, StoreBackup.StoreName));
            var (kept, runs) = (Path.Combine(folder, StoreBackup.RunsName), Path.Combine(work, StoreBackup.RunsName));
            WaitingFiles.BringBack(kept, runs, () => { });
            KeptResults.Copy(new LiteReportStore(path, StoreScope.User), new LocalRunFiles(kept), new LocalRunFiles(runs));
            if (File.Exists(Path.Combine(folder, StoreBackup.KeyName)))
            {
                PrivateFile.CreateFolder(Path.GetDirectoryName(SecretKey.PathFor(path))!);
                PrivateFile.Copy(Path.Combine(folder, StoreBackup.KeyName), SecretKey.PathFor(path));
            }

            store.Make();
            var copy = new StoreCopy(new LiteReportStore(path, StoreScope.User), store, folder) { OnRuns = onRuns };
            copy.Copy();
            return copy.SecretsWithoutKey;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw LiteDbErrors.RestoreFailed(store.Address, problem);
        }
        finally
        {
            LocalRunFiles.Delete(work);
        }
    }
}
