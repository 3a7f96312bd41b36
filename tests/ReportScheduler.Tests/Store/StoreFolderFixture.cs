using ReportScheduler.Store;
using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Tests.Store;

/// <summary>A folder of its own for one test, with a store in it.</summary>
public abstract class StoreFolderFixture : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("store-").FullName;

    protected string StorePath => Path.Combine(Folder, "reports.db");

    internal IReportStore NewStore() => StoreFile.Open(StorePath, StoreScope.User);

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
