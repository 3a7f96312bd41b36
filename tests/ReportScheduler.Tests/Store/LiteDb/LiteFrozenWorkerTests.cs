using ReportScheduler.Tests.Runs;

namespace ReportScheduler.Tests.Store.LiteDb;

public sealed class LiteFrozenWorkerTests : FrozenWorkerContract<LiteStorePlace>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_due_time_has_one_mail_wherever_a_worker_was_frozen(bool leavesMail) => Freeze(leavesMail);

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_due_time_has_one_mail_whatever_answer_of_the_store_was_lost(bool leavesMail, bool isFrozen) =>
        LoseAnswers(leavesMail, isFrozen);

    [Theory]
    // from where mail is taken, and from where a report is written with the mail that it sends itself
    [InlineData(true, 6)]
    [InlineData(false, 3)]
    public void A_due_time_has_one_mail_wherever_two_threads_of_a_frozen_worker_meet(bool leavesMail, int from) =>
        FreezeBesideAnotherThread(leavesMail, from);

    [Fact]
    public void A_thread_that_goes_on_first_does_not_hide_that_the_lease_is_lost() => FreezeTwoThreads(from: 4, to: 6);
}
