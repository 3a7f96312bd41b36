namespace ReportScheduler.Sources.Providers;

/// <summary>How a database takes the token of an identity.</summary>
internal enum TokenUse
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>As the password of a user.</summary>
    Password,

    /// <summary>As a login of its own kind, without a user.</summary>
    Login,
}
