namespace ReportScheduler.Store.Relational;

/// <summary>What becomes of a store when its database server is lost.</summary>
/// <param name="NotKept">The setting with which a crash loses what was committed, and what to do; null for none.</param>
/// <param name="HasReplica">Whether another server has a copy, as far as this one knows.</param>
/// <param name="IsAhead">Whether a replica has every change before it counts.</param>
/// <param name="Remedy">What to do for a replica that is behind.</param>
internal sealed record StoreReplication((string Setting, string Remedy)? NotKept, bool HasReplica, bool IsAhead, string Remedy);
