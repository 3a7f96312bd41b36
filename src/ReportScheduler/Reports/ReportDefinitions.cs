namespace ReportScheduler;

/// <summary>What people defined in a store: connections, mail servers, identities and tasks, without history.</summary>
internal sealed record ReportDefinitions
{
    public IReadOnlyList<ReportConnection> Connections { get; init; } = [];

    public IReadOnlyList<ReportMailServer> MailServers { get; init; } = [];

    public IReadOnlyList<ReportIdentity> Identities { get; init; } = [];

    /// <summary>The themes.</summary>
    public IReadOnlyList<ReportTheme> Themes { get; init; } = [];

    public IReadOnlyList<ReportTask> Tasks { get; init; } = [];

    /// <summary>Passwords found in a file that is imported, by the name of their connection; they go into the store, protected.</summary>
    public IReadOnlyDictionary<string, string> Passwords { get; init; } = new Dictionary<string, string>();

    /// <summary>Why tasks of the file are not among <see cref="Tasks"/>; the others are good without them.</summary>
    public IReadOnlyList<ReportException> Refused { get; init; } = [];

    /// <summary>Things worth knowing that do not stop an import or export.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
