namespace ReportScheduler.Time;

/// <summary>An instant at which the clocks of a zone are set to another offset.</summary>
/// <param name="Utc">The first instant of the new offset.</param>
/// <param name="Before">The offset before it.</param>
/// <param name="After">The offset from it on.</param>
internal readonly record struct ClockChange(DateTime Utc, TimeSpan Before, TimeSpan After)
{
    public DateTimeOffset At => new(Utc, TimeSpan.Zero);

    /// <summary>What the clocks would have shown at the instant without the change.</summary>
    public DateTime WallBefore => DateTime.SpecifyKind(Utc + Before, DateTimeKind.Unspecified);

    /// <summary>What the clocks show at the instant.</summary>
    public DateTime WallAfter => DateTime.SpecifyKind(Utc + After, DateTimeKind.Unspecified);

    /// <summary>The clocks never show this time.</summary>
    public bool Skips(DateTime wall) => wall >= WallBefore && wall < WallAfter;

    /// <summary>The clocks show this time before and after the instant.</summary>
    public bool Repeats(DateTime wall) => wall >= WallAfter && wall < WallBefore;
}
