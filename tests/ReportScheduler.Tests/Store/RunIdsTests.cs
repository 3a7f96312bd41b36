namespace ReportScheduler.Tests.Store;

/// <summary>Ids are made one after the other in a process, whose tests have several clocks: no other one runs beside this.</summary>
[Collection(Name)]
public sealed class RunIdsTests
{
    private const string Name = "The clock of the process";

    [Fact]
    public void Ids_of_runs_sort_by_the_time_they_were_made()
    {
        var noon = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        var ids = Enumerable.Range(0, 1000).Select(i => RunIds.Create(noon.AddTicks(i / 2))).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(1000, ids.Distinct().Count());
        Assert.Matches("^20260302-[0-9]{6}-[0-9]{7}-[0-9a-z]{6}$", ids[0]);
    }

    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;
}
