using System.Globalization;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Store;
using ReportScheduler.Tests.Store.LiteDb;

namespace ReportScheduler.Tests.Attacks;

/// <summary>A damaged store is an error of ours: no abort, no hang, no empty store in its place.</summary>
/// <remarks>A sample by default; REPORTSCHEDULER_DAMAGES=500 is their number.</remarks>
public sealed class DamagedStoreTests : StoreFolderFixture
{
    [Fact]
    public async Task Whatever_is_damaged_is_told_or_does_no_harm_and_the_process_lives()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("REPORTSCHEDULER_DAMAGES") ?? "40", CultureInfo.InvariantCulture);
        StoreDamage.Fill(NewStore());
        using var child = StoreChild.Start("damage", StorePath, $"1+{count}");
        var said = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0, $"exit code {child.ExitCode}: {said[^Math.Min(said.Length, 2000)..]}");
        var wrong = said.IndexOf("WRONG", StringComparison.Ordinal);
        Assert.True(wrong < 0, wrong < 0 ? "" : said[wrong..Math.Min(said.Length, wrong + 4000)]);
        Assert.EndsWith("done", said.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_transactions_of_this_LiteDB_can_be_kept_from_their_finalizer() => Assert.True(LiteTransactions.CanBeReached);
}
