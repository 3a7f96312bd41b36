namespace ReportScheduler.Store.Relational;

/// <summary>A row of <c>run</c> with the lease of its owner. What the columns say counts, and not what the record says.</summary>
internal sealed record RunRow(string Id, string Record, string? Owner, int Attempt, int Interruptions, long SortAt, string TaskId,
    long? LeaseUntil)
{
    public const string Select =
        """
        select r.id as Id, r.record as Record, r.owner as Owner, r.attempt as Attempt, r.interruptions as Interruptions,
            r.sort_at as SortAt, r.task_id as TaskId,
            (select o.lease_until from runner o where o.owner = r.owner) as LeaseUntil
        from run r
        """;
}
