using ReportScheduler.Delivery;
using ReportScheduler.Delivery.Places;
using ReportScheduler.Runs;
using ReportScheduler.Store;
using ReportScheduler.Tests.Runs;

namespace ReportScheduler.Tests.Delivery;

/// <summary>A third place that only these tests have: it needs its type and its line, and nothing else.</summary>
public sealed class DeliveryPlacesTests : IDisposable
{
    private const DeliveryKind Slate = (DeliveryKind)1000;

    private readonly RunFixture fixture = new();
    private readonly SlatePlace slate = new();
    private readonly IDisposable line;

    public DeliveryPlacesTests() => line = DeliveryPlaces.All.With(slate);

    public void Dispose()
    {
        line.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public void Each_kind_of_the_ledger_has_one_place()
    {
        Assert.All(Enum.GetValues<DeliveryKind>(), kind => Assert.Single(DeliveryPlaces.All, place => place.Kinds.Contains(kind)));
        Assert.Distinct(DeliveryPlaces.All.Select(place => place.CheckName));
    }

    [Fact]
    public void A_report_goes_to_a_new_place_with_its_mail_and_the_ledger_says_so()
    {
        var task = Add();
        using var worker = fixture.Worker();
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.Equal(RunOutcome.Succeeded, run.Outcome);
        Assert.Equal([(Slate, DeliveryState.Sent), (DeliveryKind.Mail, DeliveryState.Sent)],
            fixture.Runs("t")[0].Deliveries.Select(delivery => (delivery.Kind, delivery.State)));
        Assert.EndsWith(".csv", Assert.Single(slate.Written), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_place_that_fails_for_a_while_is_tried_again_from_the_ledger_and_keeps_its_own_pause()
    {
        var task = Add();
        slate.Trouble = DeliveryState.Pending;
        using var worker = fixture.Worker();
        var run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        Assert.Equal(RunOutcome.Delivering, run.Outcome);
        Assert.StartsWith("The report 't' is written and its slate waits: no chalk.", RunDescription.DescribeWaiting(run),
            StringComparison.Ordinal);
        var waiting = Assert.Single(run.Deliveries, delivery => delivery.Kind == Slate);
        Assert.Equal(RunFixture.Noon + TimeSpan.FromMinutes(7), waiting.NextAttemptAt);

        slate.Trouble = null;
        fixture.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.DoesNotContain(worker.RunDue(_ => { }, CancellationToken.None), each => each.Id == run.Id);
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(worker.RunDue(_ => { }, CancellationToken.None), each => each.Id == run.Id && each.Outcome == RunOutcome.Succeeded);
    }

    [Theory]
    [InlineData(true, RunOutcome.Succeeded)]
    [InlineData(false, RunOutcome.Held)]
    public void After_a_crash_a_new_place_is_repeated_only_where_it_may_be(bool mayRepeat, RunOutcome outcome)
    {
        slate.MayRepeat = mayRepeat;
        var task = Add(task => task.Uncertain = UncertainPolicy.Hold);
        slate.Trouble = DeliveryState.Pending;
        ReportRun run;
        using (var worker = fixture.Worker())
        {
            run = worker.RunNow(task, RunTrigger.Manual, RunFixture.Noon, RunOptions.None, _ => { }, CancellationToken.None);
        }

        slate.Trouble = null;
        fixture.Clock.Advance(TimeSpan.FromMinutes(8));
        var taken = Assert.Single(fixture.Store.TakeDueDeliveries("elsewhere/1/1/1", 1).Deliveries);
        taken.State = DeliveryState.Sending;
        Assert.True(fixture.Store.PutDelivery(taken, 1));
        fixture.Clock.Advance(TimeSpan.FromMinutes(3));
        using var next = fixture.Worker();
        next.Recover();
        _ = next.RunDue(_ => { }, CancellationToken.None).ToList();
        Assert.Equal(outcome, fixture.Store.GetRuns(new RunFilter { RunId = run.Id })[0].Outcome);
    }

    [Fact]
    public void Plan_check_and_rules_ask_a_new_place()
    {
        var task = Add();
        Assert.Contains("write on the slate", RunDescription.Describe(task, RunOptions.None, fixture.Store), StringComparison.Ordinal);
        Assert.Single(new TaskProbe(fixture.Store, fixture.Clock).Try(task, CancellationToken.None),
            check => check is { Check: "Slate", Success: true, Message: "The slate is clean." });
        var refused = Assert.Throws<ReportException>(() => Add(wrong => (wrong.Name, wrong.Description) = ("wrong", "slate full")));
        Assert.Equal("SlateFull", refused.ErrorId);
        Assert.DoesNotContain("slate", RunDescription.Describe(fixture.AddTask("plain"), RunOptions.None, fixture.Store),
            StringComparison.Ordinal);
    }

    private ReportTask Add(Action<ReportTask>? change = null) => fixture.AddTask("t", task =>
    {
        (task.Every, task.StartAt, task.Description) = (null, null, "slate");
        change?.Invoke(task);
    });

    private sealed class SlatePlace : IDeliveryPlace
    {
        public List<string> Written { get; } = [];

        public DeliveryState? Trouble { get; set; }

        public IReadOnlyList<DeliveryKind> Kinds => [Slate];

        public string Noun => "slate";

        public string CheckName => "Slate";

        public bool MayRepeat { get; set; }

        public bool IsWanted(ReportTask task) => task.Description?.StartsWith("slate", StringComparison.Ordinal) == true;

        public void Check(ReportTask task)
        {
            if (task.Description == "slate full")
            {
                throw new ReportException("SlateFull", ReportErrorCategory.InvalidArgument, task.Name, "The slate is full. Wipe it.");
            }
        }

        public ReportDelivery Prepare(DeliveryOrder order) => order.New(Slate, "blackboard");

        public void Send(DeliveryAttemptOrder order)
        {
            (order.Delivery.State, order.Delivery.Error) = Trouble is { } trouble ? (trouble, "no chalk") : (DeliveryState.Sent, null);
            if (Trouble is null)
            {
                Written.AddRange(order.Delivery.Files);
            }
            else
            {
                order.Delivery.NotBefore = order.Clock.GetUtcNow() + TimeSpan.FromMinutes(7);
            }
        }

        public string Probe(ReportTask task, IReportStore store, TimeProvider clock, CancellationToken cancel) => "The slate is clean.";

        public string Describe(ReportTask task, string? redirectTo) => "write on the slate";

        public string DescribeAgain(ReportDelivery delivery, IEnumerable<string> recipients) => "Write on the slate";
    }
}
