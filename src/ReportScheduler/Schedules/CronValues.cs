using System.Numerics;

namespace ReportScheduler.Schedules;

/// <summary>The values that one field of cron text matches.</summary>
/// <param name="Field">The field.</param>
/// <param name="Bits">A bit per plain value; Sunday is bit 0.</param>
/// <param name="Rules">Days that differ from month to month, such as the last one. A day matches when a bit or a rule does.</param>
/// <param name="Repeats">It was written with *, a range or a step: elapsed time matters more than the wall clock.</param>
internal sealed record CronValues(CronField Field, ulong Bits, IReadOnlyList<CronDayRule> Rules, bool Repeats)
{
    public bool IsAll => BitOperations.PopCount(Bits) == Field.Span;

    public bool Has(int value) => (Bits & (1UL << value)) != 0;

    /// <summary>The plain values in rising order.</summary>
    public IReadOnlyList<int> List() => [.. Enumerable.Range(Field.Min, Field.Span).Where(Has)];

    /// <summary>The smallest plain value.</summary>
    public int First => BitOperations.TrailingZeroCount(Bits);

    /// <summary>The smallest plain value that is not below <paramref name="least"/>; null for none.</summary>
    public int? From(int least) => Bits >> least is not 0 and var rest ? least + BitOperations.TrailingZeroCount(rest) : null;
}
