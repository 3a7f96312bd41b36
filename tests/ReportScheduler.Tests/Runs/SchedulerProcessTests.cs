using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Tests.Runs;

/// <summary>The promises of the scheduler on a store in a file.</summary>
public sealed class SchedulerProcessTests()
    : SchedulerProcessContract(folder => (StoreFile.Open(Path.Combine(folder, "reports.db"), StoreScope.User), null));
