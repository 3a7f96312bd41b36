using System.Diagnostics;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Store;

public sealed class RunOwnerTests
{
    [Fact]
    public void Nobody_in_this_process_is_gone_and_two_workers_are_two() =>
        Assert.Equal((false, true), (RunOwner.IsGone(RunOwner.Create()), RunOwner.Create() != RunOwner.Create()));

    [Fact]
    public void A_process_that_ended_is_gone_and_so_is_one_whose_id_another_has_now()
    {
        using var child = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        var own = RunOwner.Create().Split('/');
        child.Kill();
        child.WaitForExit();
        Assert.True(RunOwner.IsGone($"{own[0]}/{child.Id}/{own[2]}/1"));
        Assert.True(RunOwner.IsGone($"{own[0]}/{own[1]}/12345/1"));
    }

    [Fact]
    public void Of_another_machine_only_the_heartbeat_tells() =>
        Assert.False(RunOwner.IsGone("elsewhere/1/1/1"));
}
