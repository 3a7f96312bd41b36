using ReportScheduler.Tests.Runs;

namespace ReportScheduler.Tests.Store.PostgreSql;

public sealed class PostgreSqlFrozenWorkerTests : FrozenWorkerContract<PostgreSqlStorePlace>
{
    [Fact]
    public void A_due_time_has_one_mail_wherever_a_worker_was_frozen() => Freeze(leavesMail: true);

    [Fact]
    public void A_due_time_has_one_mail_whatever_answer_of_the_store_was_lost() => LoseAnswers(leavesMail: true, isFrozen: true);
}
