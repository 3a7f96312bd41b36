namespace ReportScheduler.Build;

/// <summary>Parameters of one subject, in the order in which help shows them.</summary>
/// <param name="Title">The subject.</param>
/// <param name="Names">The parameters, the most important one first.</param>
internal sealed record ParameterGroup(string Title, string[] Names)
{
    /// <summary>The subject of a parameter that is in no group; a test names those.</summary>
    public const string Other = "Other";

    private const string WhichRuns = "Which runs";

    // the last due time beside -From, and else the recipients
    private const string Last = "To";

    private static readonly ParameterGroup Dialogue =
        new("Ways to give the command its input", ["Interactive", "InputObject", "Force", "PassThru"]);
    private static readonly ParameterGroup Store = new("Store and confirmation", ["StorePath", "Scope", "WhatIf", "Confirm"]);

    /// <summary>The subjects of the cmdlets with many parameters, by noun. The others show theirs in one list.</summary>
    private static readonly Dictionary<string, ParameterGroup[]> ByNoun = new(StringComparer.Ordinal)
    {
        ["ReportTask"] =
        [
            new(WhichRuns, ["Due", "AllowMissingStore", "Label", "AsOf", "DueAt", "From", Last, "Key"]),
            new("What: the query and its data", ["Name", "Id", "NewName", "TaskId", "LastOutcome", "Description", "Connection", "Server",
                "MaxServers", "OnServerError", "Query", "QueryPath", "Script", "RequiredModule", "Parameters", "HttpParameters",
                "Dataset",
                "AllResults"]),
            new("When: the schedule", ["Cron", "Every", "At", "StartAt", "EndAt", "TimeZone", "Enabled"]),
            new("Files", ["Format", "FileName", "Destination", "OutputPath", "ExistingFile", "Template", "TableName", "Delimiter",
                "NoByteOrderMark", "NoFormulaGuard"]),
            new("For whom: mail and delivery", [Last, "AddTo", "RemoveTo", "Cc", "AddCc", "RemoveCc", "Bcc", "AddBcc", "RemoveBcc",
                "RedirectTo", "NoDelivery", "ReplyTo", "Subject", "Body", "BodyAsHtml", "MailRows", "MailColumns", "MailContent",
                "MailServer", "SendWhen", "KeyColumn", "RemindAfter", "OnRecovered", "Expect", "OnViolation", "SplitBy", "Recipients",
                "Unmatched", "MaxSplits", "Also"]),
            new("Look: columns, charts and pages", ["Column", "GroupBy", "PageBreakPerGroup", "SheetPerGroup", "Pivot", "NativePivot",
                "ColumnHeader", "ColumnFormat", "ColumnWidth", "Hide", "Total", "Highlight", "Chart", "ChartX", "ChartY", "Culture",
                "PageSize", "Orientation", "TitleRows", "Theme", "KeyFigure", "ParameterLabel", "Logo"]),
            new("Policies: failures, retries and retention", ["Owner", "OnFailure", "NotifyEvery", "PauseAfterFailures", "Timeout", "Retry",
                "RetryQuery", "RunOn", "Missed", "MissedGrace", "Overlap", "Uncertain", "KeepRuns", "KeepFilesFor"]),
        ],
        ["ReportConnection"] =
        [
            new("Which database", ["Name", "ConnectionString", "Provider", "Server", "Database", "Path", "InitSql", "ReadOnly",
                "MaxConcurrent"]),
            new("Sign-in and encryption", ["Credential", "PasswordReference", "EnvFile", "Identity", "TrustServerCertificate"]),
        ],
        ["ReportMailServer"] =
        [
            new("Where mail goes",
                ["Name", "SmtpHost", "Port", "Security", "PickupDirectory", "Graph", "Cloud", "GraphEndpoint", "NoSentItems", "From"]),
            new("Sign-in", ["Credential", "UserName", "PasswordReference", "EnvFile", "Identity", "Integrated", "CertificatePath",
                "CertificateThumbprint", "CertificatePassword"]),
            new("Limits", ["Timeout", "AnswerTimeout", "MaxMessageSize"]),
        ],
        ["ReportIdentity"] =
        [
            new("Which identity", ["Name", "Kind", "TenantId", "ClientId", "AuthorityHost", "Subject"]),
            new("How it proves who it is", ["ClientSecret", "SecretExpiresAt", "CertificatePath", "CertificatePassword",
                "CertificateThumbprint", "ManagedIdentity", "WorkloadIdentity", "AzureDefault", "ServiceAccountKeyPath", "EnvFile"]),
        ],
        ["ReportScheduledTask"] =
        [
            new("What is started, and when", ["Name", "TaskId", "Runner", "Every"]),
            new("How it is started", ["System", "PowerShellPath", "User", "Credential", "EnvironmentFile", "UnitPath", "Xml"]),
        ],
    };

    /// <summary>The groups of a cmdlet that its parameters are in; none where they are few.</summary>
    /// <param name="noun">The noun of the cmdlet.</param>
    /// <param name="parameters">All its parameters.</param>
    public static IReadOnlyList<ParameterGroup> Of(string noun, IReadOnlyCollection<string> parameters)
    {
        if (parameters.Count < 13 || !ByNoun.TryGetValue(noun, out var subjects))
        {
            return [];
        }

        var isSpan = parameters.Contains("From", StringComparer.Ordinal);
        bool IsIn(ParameterGroup group, string name) =>
            parameters.Contains(name, StringComparer.Ordinal) && (name != Last || isSpan == (group.Title == WhichRuns));
        ParameterGroup[] all = [.. subjects, Dialogue, Store];
        string[] left = [.. parameters.Except(all.SelectMany(group => group.Names), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return [.. all.Append(new ParameterGroup(Other, left))
            .Select(
                group => new ParameterGroup(group.Title, [.. group.Names.Where(name => IsIn(group, name))]))
            .Where(group => group.Names.Length > 0)];
    }
}
