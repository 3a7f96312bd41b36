namespace ReportScheduler.Time;

/// <summary>A time in which a zone's clocks are not set.</summary>
/// <param name="From">Its first known instant, UTC.</param>
/// <param name="To">Its last known instant, UTC.</param>
/// <param name="Offset">What the zone adds to UTC in it.</param>
internal sealed record SteadySpan(DateTime From, DateTime To, TimeSpan Offset)
{
    public bool Has(DateTime utc) => utc >= From && utc <= To;

    /// <summary>The span with one more instant in it; one of this instant alone when its offset differs or it lies further off than
    /// <paramref name="reach"/>.</summary>
    public static SteadySpan Of(SteadySpan? known, DateTime utc, TimeSpan offset, TimeSpan reach) =>
        known is null || known.Offset != offset || utc - known.To > reach || known.From - utc > reach
            ? new SteadySpan(utc, utc, offset)
            : known with { From = utc < known.From ? utc : known.From, To = utc > known.To ? utc : known.To };
}
