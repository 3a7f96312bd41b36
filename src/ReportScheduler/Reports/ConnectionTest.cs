namespace ReportScheduler;

/// <summary>What trying a report connection showed.</summary>
public sealed class ConnectionTest
{
    /// <summary>The name of the connection.</summary>
    public string Name { get; set; } = "";

    /// <summary>The kind of database.</summary>
    public string Provider { get; set; } = "";

    /// <summary>Server or file; null when a reference could not be read.</summary>
    public string? Server { get; set; }

    /// <summary>Whether it can be used.</summary>
    public bool Success { get; set; }

    /// <summary>The server's version; null when it was not reached.</summary>
    public string? ServerVersion { get; set; }

    /// <summary>How long connecting took.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>What is wrong and what to do; null when nothing is.</summary>
    public string? Message { get; set; }

    /// <summary>The id of the error; null when nothing is wrong.</summary>
    public string? ErrorId { get; set; }
}
