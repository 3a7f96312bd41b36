namespace ReportScheduler.Store.Relational;

/// <summary>What a problem of the database means.</summary>
internal enum StoreFault
{
    /// <summary>The statement is at fault, or what is in the tables.</summary>
    Failed,

    /// <summary>It may work later.</summary>
    Unreachable,

    Denied,

    /// <summary>Something between the store and its database takes no settings of a session.</summary>
    Pooled,
}
