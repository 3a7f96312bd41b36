namespace ReportScheduler.Schedules;

/// <summary>Values of a cron field that follow one another, such as the hours 9 to 17, or 22 to 2 past midnight.</summary>
/// <param name="First">The first value.</param>
/// <param name="Last">The last value; smaller than the first when the span goes past the end of the field.</param>
/// <param name="Count">How many values it has.</param>
internal readonly record struct CronSpan(int First, int Last, int Count)
{
    /// <summary>Shorter ones are said value by value.</summary>
    private const int ShortestRange = 3;

    public bool IsRange => Count >= ShortestRange;

    /// <summary>The spans of a field's values.</summary>
    /// <param name="values">In rising order.</param>
    /// <param name="min">The smallest value of the field.</param>
    /// <param name="size">How many values the field has.</param>
    /// <param name="wraps">Whether a span may go on from the last value of the field to the first.</param>
    public static IReadOnlyList<CronSpan> Of(IReadOnlyList<int> values, int min, int size, bool wraps)
    {
        var spans = new List<CronSpan>();
        foreach (var value in values)
        {
            if (spans.Count > 0 && spans[^1] is var last && last.Last == value - 1)
            {
                spans[^1] = last with { Last = value, Count = last.Count + 1 };
            }
            else
            {
                spans.Add(new CronSpan(value, value, 1));
            }
        }

        if (wraps && spans.Count > 1 && spans[0].First == min && spans[^1].Last == min + size - 1
            && spans[0].Count + spans[^1].Count >= ShortestRange)
        {
            spans[^1] = new CronSpan(spans[^1].First, spans[0].Last, spans[0].Count + spans[^1].Count);
            spans.RemoveAt(0);
        }

        return spans;
    }

    /// <summary>The n of every nth value; null when the values are not as far apart, or so few that they are better listed.</summary>
    public static int? Step(IReadOnlyList<int> values) =>
        values.Count > 4 && values[1] - values[0] is > 1 and var step
            && values.Zip(values.Skip(1), (one, next) => next - one).All(apart => apart == step)
            ? step
            : null;

    /// <summary>The values, or "first to last".</summary>
    public IEnumerable<string> Say(Func<int, string> name) => Count switch
    {
        1 => [name(First)],
        2 => [name(First), name(Last)],
        _ => [$"{name(First)} to {name(Last)}"],
    };
}
