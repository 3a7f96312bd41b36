using ReportScheduler.Store;

namespace ReportScheduler.Delivery.Places;

/// <summary>One kind of place that reports are brought to. A new one is a type of
/// this and a line in <see cref="DeliveryPlaces"/>.</summary>
internal interface IDeliveryPlace
{
    /// <summary>The kinds of ledger entries that it sends.</summary>
    IReadOnlyList<DeliveryKind> Kinds { get; }

    /// <summary>What arrives there, as in "its copy waits".</summary>
    string Noun { get; }

    /// <summary>The name of its check in Test-ReportTask.</summary>
    string CheckName { get; }

    /// <summary>Whether a delivery whose process ended in the middle may be repeated without anybody getting it twice.</summary>
    bool MayRepeat { get; }

    /// <summary>Whether a task wants its reports brought there.</summary>
    bool IsWanted(ReportTask task);

    /// <summary>Holds what a task says of the place against its rules, without asking anybody.</summary>
    /// <exception cref="ReportException">The first rule that it breaks.</exception>
    void Check(ReportTask task);

    /// <summary>Makes the ledger entry of a run with everything that is sent. It is made once, however often it is tried.</summary>
    /// <returns>Null when nothing goes there.</returns>
    /// <exception cref="ReportException">It cannot be made.</exception>
    ReportDelivery? Prepare(DeliveryOrder order);

    /// <summary>One attempt. What became of it stands in the delivery; what is thrown is unexpected.</summary>
    /// <exception cref="OperationCanceledException">It was stopped before anything was handed over; the delivery is Pending.</exception>
    void Send(DeliveryAttemptOrder order);

    /// <summary>Tries what a delivery needs, and delivers nothing.</summary>
    /// <returns>What was found, as a sentence.</returns>
    /// <exception cref="ReportException">What is wrong.</exception>
    string Probe(ReportTask task, IReportStore store, TimeProvider clock, CancellationToken cancel);

    /// <summary>What a run would do, as a part of a sentence.</summary>
    /// <param name="task">The task, which wants its reports there.</param>
    /// <param name="redirectTo">The only address that gets the report; null for all.</param>
    /// <returns>Null when nothing goes there.</returns>
    string? Describe(ReportTask task, string? redirectTo);

    /// <summary>What sending a delivery again would do.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="recipients">Those who would get it.</param>
    string DescribeAgain(ReportDelivery delivery, IEnumerable<string> recipients);

    /// <summary>Whether the first attempt may be left to the threads that drain the ledger, because it can take long.</summary>
    bool MayTakeLong(ReportDelivery delivery, IReportStore store) => false;

    /// <summary>Full paths of the folders of this computer that its deliveries write to.</summary>
    IEnumerable<string> Folders(IReportStore store) => [];
}
