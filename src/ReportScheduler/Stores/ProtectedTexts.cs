using ReportScheduler.Store;

namespace ReportScheduler.Stores;

/// <summary>The members of definitions that a store keeps protected.</summary>
internal static class ProtectedTexts
{
    /// <summary>All that a store keeps protected with its key.</summary>
    public static IEnumerable<string> Of(IReportStore store) =>
        new IEnumerable<object>[] { store.Identities.All(), store.Connections.All(), store.MailServers.All(), store.Keys.All() }
            .SelectMany(definitions => definitions).SelectMany(In);

    /// <summary>Those of a definition.</summary>
    public static IEnumerable<string> In(object definition)
    {
        var texts = new List<string>();
        Change(definition, text =>
        {
            texts.Add(text);
            return text;
        });
        return texts;
    }

    /// <summary>Gives each of them another text. A definition without one stays as it is.</summary>
    public static void Change(object definition, Func<string, string> again)
    {
        switch (definition)
        {
            case ReportIdentity identity:
                identity.ProtectedSecret = Again(identity.ProtectedSecret);
                break;
            case ReportConnection connection:
                connection.ProtectedPassword = Again(connection.ProtectedPassword);
                break;
            case ReportMailServer server:
                server.ProtectedPassword = Again(server.ProtectedPassword);
                server.ProtectedCertificatePassword = Again(server.ProtectedCertificatePassword);
                break;
            case ReportSchedulerKey key:
                key.ProtectedKey = Again(key.ProtectedKey)!;
                break;
        }

        string? Again(string? text) => string.IsNullOrEmpty(text) ? text : again(text);
    }
}
