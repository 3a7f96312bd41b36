namespace ReportScheduler;

/// <summary>Whose store it is.</summary>
public enum StoreScope
{
    /// <summary>The user's own.</summary>
    User,

    /// <summary>The one that services and system accounts share; restricted to administrators.</summary>
    Machine,
}
