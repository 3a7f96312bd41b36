using System.Collections.Specialized;

namespace ReportScheduler.Store.Relational;

/// <summary>What the address of a store says.</summary>
/// <param name="Host">The server.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="Database">The name of the database.</param>
/// <param name="User">Who signs in; null for the account that runs this.</param>
/// <param name="Options">What stands behind the question mark.</param>
internal sealed record AddressParts(string Host, int Port, string Database, string? User, NameValueCollection Options)
{
    /// <summary>Server and database: the store, whoever signs in.</summary>
    public string Place => $"{Host}:{Port}/{Database}";

    /// <summary>The value of an option; null where it is not given.</summary>
    public string? Option(string name) => Options[name];
}
