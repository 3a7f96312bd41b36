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

    // cloned machines and containers with a fixed host name have the same one, and namespaces the same numbers
    [Fact]
    public void A_machine_of_the_same_name_is_another_machine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux");
        var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        var own = RunOwner.Create().Split('/');
        Assert.Contains(boot, own[0], StringComparison.Ordinal);
        var clone = own[0].Replace(boot, "2f1c62a4-6a8d-4c5c-9d55-5b0a5a5f7a10", StringComparison.Ordinal);
        Assert.Null(RunOwner.IsAlive($"{clone}/1/1/1"));
        Assert.Null(RunOwner.IsAlive($"{clone}/{own[1]}/{own[2]}/1"));
    }
}
