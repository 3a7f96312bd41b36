using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Tests.Runs;

/// <summary>The same with a store in a file: its runners share a folder.</summary>
public sealed class CrowdedServerTests : CrowdedServerContract
{
    private readonly string place;

    public CrowdedServerTests()
        : this(Directory.CreateTempSubdirectory("report-scheduler-").FullName)
    {
    }

    private CrowdedServerTests(string place)
        : base(_ => StoreFile.Open(Path.Combine(place, "reports.db"), StoreScope.User)) => this.place = place;

    public override void Dispose()
    {
        base.Dispose();
        Remove(place);
    }
}
