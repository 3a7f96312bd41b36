namespace ReportScheduler.Identities;

/// <summary>What tokens of an identity are for.</summary>
internal static class IdentityUses
{
    /// <summary>SMTP of Microsoft 365
    /// (https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth).</summary>
    public const string OfficeSmtp = "https://outlook.office365.com/.default";

    /// <summary>SMTP of Gmail (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).</summary>
    public const string GoogleSmtp = "https://mail.google.com/";

    /// <summary>The scopes of everything that refers to an identity; of one that nothing refers to, mail by SMTP.</summary>
    public static IReadOnlyList<string> Scopes(ReportIdentity identity, IEnumerable<ReportMailServer> servers,
        IEnumerable<ReportConnection> connections)
    {
        bool Uses(string? name) => identity.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
        string[] scopes =
        [
            .. servers.Where(server => Uses(server.Identity))
                .Select(server => server.Graph ? server.GraphScope : Smtp(server.SmtpHost, identity.Kind)),
            .. connections.Where(connection => Uses(connection.Identity))
                .Select(connection => Database(connection.Provider, connection.ConnectionString)),
        ];
        return scopes.Length == 0 ? [Smtp(null, identity.Kind)] : [.. scopes.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The scope of mail by SMTP: each cloud of Microsoft has one of its own.</summary>
    public static string Smtp(string? host, ReportIdentityKind kind) =>
        kind == ReportIdentityKind.GoogleServiceAccount ? GoogleSmtp
        : host is null ? OfficeSmtp
        : host.EndsWith(".office365.us", StringComparison.OrdinalIgnoreCase) ? "https://outlook.office365.us/.default"
        : host.EndsWith(".outlook.cn", StringComparison.OrdinalIgnoreCase) ? "https://partner.outlook.cn/.default"
        : OfficeSmtp;

    /// <summary>The scope of a database, by its kind and by the cloud that its server is in.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="host">The host, or a connection string with it.</param>
    public static string Database(string provider, string host)
    {
        var suffix = host.Contains(".usgovcloudapi.net", StringComparison.OrdinalIgnoreCase) ? "usgovcloudapi.net"
            : host.Contains(".chinacloudapi.cn", StringComparison.OrdinalIgnoreCase) ? "chinacloudapi.cn"
            : "windows.net";
        return provider == "SqlServer" ? $"https://database.{suffix}/.default" : $"https://ossrdbms-aad.database.{suffix}/.default";
    }
}
