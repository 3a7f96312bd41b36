namespace ReportScheduler;

/// <summary>The cloud of Microsoft in which a tenant is.</summary>
public enum GraphCloud
{
    /// <summary>The public cloud.</summary>
    Global,

    /// <summary>US Government L4 (GCC High).</summary>
    UsGov,

    /// <summary>US Government L5 (DoD).</summary>
    UsGovDoD,

    /// <summary>China, operated by 21Vianet.</summary>
    China,
}
