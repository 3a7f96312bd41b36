namespace ReportScheduler.Sources.Providers;

/// <summary>What the error of a database means for the person who reads it, and for trying again.</summary>
internal enum DatabaseFault
{
    /// <summary>Nothing that is known: the query, or the data, is wrong.</summary>
    Other,

    /// <summary>User name or password are wrong.</summary>
    LoginRefused,

    /// <summary>The database is not there, or not for this login.</summary>
    DatabaseMissing,

    /// <summary>The file is of another kind.</summary>
    NotADatabase,

    /// <summary>It will not work by waiting, whatever the client says.</summary>
    Permanent,

    /// <summary>The time is over.</summary>
    TimedOut,

    /// <summary>The login may not read that.</summary>
    Denied,

    /// <summary>The query reaches for what a session that is opened for reading keeps closed.</summary>
    NotForReading,

    /// <summary>The query tries to write, and the session may only read.</summary>
    ReadOnly,

    /// <summary>The server ended the query in favour of another one. Nothing is wrong with it, and it may run again at once.</summary>
    Victim,

    /// <summary>Somebody else held a lock for longer than the query was willing to wait.</summary>
    Locked,

    /// <summary>The connection is gone: the server went away, was shut down, or the network between.</summary>
    Lost,
}
