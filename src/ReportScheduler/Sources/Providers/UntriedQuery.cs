namespace ReportScheduler.Sources.Providers;

/// <summary>A query of a database that tells its columns only by running it.</summary>
/// <param name="request">The query.</param>
/// <param name="refusal">Why it is not tried.</param>
internal sealed class UntriedQuery(TrialRequest request, string refusal) : QueryTrial(request)
{
    public override string? Refusal => refusal;

    public override void Try(Action<ResultSequence> read) => throw new NotSupportedException(refusal);
}
