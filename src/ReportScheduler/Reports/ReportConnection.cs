namespace ReportScheduler;

/// <summary>A named database. The password is kept apart, protected, and never shown.</summary>
public sealed class ReportConnection
{
    /// <summary>The name, unique without regard to case.</summary>
    public string Name { get; set; } = "";

    /// <summary>The kind of database: SqlServer, PostgreSql, MySql, Sqlite, ...</summary>
    public string Provider { get; set; } = "";

    /// <summary>The connection string in the provider's own form without its password, or the reference <c>env:NAME</c>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The user name; null for none, or when it stands behind a reference.</summary>
    public string? UserName { get; set; }

    /// <summary>The server with its port, or the SQLite file; null when it stands behind a reference.</summary>
    public string? Server { get; internal set; }

    /// <summary>The database; null for SQLite, for the server's default, and when it stands behind a reference.</summary>
    public string? Database { get; internal set; }

    /// <summary>Whether a password is kept for it, or a reference <c>env:NAME</c> to one.</summary>
    public bool HasPassword => ProtectedPassword is not null || PasswordReference is not null;

    /// <summary>The reference <c>env:NAME</c> that stands for the password.</summary>
    public string? PasswordReference { get; set; }

    /// <summary>A .env file in which references are looked up after the environment.</summary>
    public string? EnvFile { get; set; }

    /// <summary>The report identity that signs in with a token, in place of a password; null for none.</summary>
    public string? Identity { get; set; }

    /// <summary>SQL that is run in each new session before the query, such as <c>SET
    /// LOCK_TIMEOUT 5000</c>; null for none. It is no place for a secret.</summary>
    public string? InitSql { get; set; }

    /// <summary>Whether its sessions are opened for reading only, so that a report that tries to write fails.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>How many reports of this store may use its server at once, on one computer or, with a store in a database, on all of
    /// its machines; null for any number. The others wait, and their time does not run meanwhile.</summary>
    public int? MaxConcurrent { get; set; }

    internal string? ProtectedPassword { get; set; }

    /// <summary>The name, as in messages.</summary>
    public override string ToString() => Name;
}
