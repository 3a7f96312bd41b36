namespace ReportScheduler.Hosting;

/// <summary>A schedule in the words of an operating system.</summary>
/// <param name="Triggers">The system's own triggers; empty when it cannot say the schedule exactly.</param>
/// <param name="WhyNot">Why it cannot; null when it can.</param>
internal sealed record NativeSchedule<T>(IReadOnlyList<T> Triggers, string? WhyNot)
{
    public static NativeSchedule<T> Of(params IEnumerable<T> triggers) => new([.. triggers], null);

    public static NativeSchedule<T> No(string why) => new([], why);
}
